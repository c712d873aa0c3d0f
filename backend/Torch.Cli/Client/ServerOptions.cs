using System.CommandLine;

namespace Torch.Cli.Client;

/// <summary>Where the server is and what opens it; the same for every client verb.</summary>
internal static class ServerOptions
{
    private const string Default = "http://127.0.0.1:8080";

    private static readonly Option<string?> Server = new("--server")
    {
        Description = $"The server's address, also TORCH_SERVER. {Default} by default.",
        HelpName = "url",
    };
    private static readonly Option<string?> Key = new("--key")
    {
        Description = "A key of the server. Better TORCH_KEY or the client file, which no list of processes shows.",
        HelpName = "key",
    };

    public static Command WithServer(this Command command)
    {
        command.Add(Server);
        command.Add(Key);
        return command;
    }

    /// <summary>Somebody named a server: a flag, the environment or the client file.</summary>
    public static bool KnowsServer(this ParseResult parsed)
    {
        var variable = parsed.Terminal().Variable;
        return Given(parsed.GetValue(Server), variable("TORCH_SERVER"), ClientFile.Read(variable).Server) is not null;
    }

    /// <summary>The address without a slash at its end, and the key where there is one. A flag beats the environment, which beats the file.</summary>
    /// <exception cref="Settings.SettingException">The address is none, or the client file makes no sense.</exception>
    public static (string Address, string? Key) Target(this ParseResult parsed)
    {
        var variable = parsed.Terminal().Variable;
        var file = ClientFile.Read(variable);
        var address = Given(parsed.GetValue(Server), variable("TORCH_SERVER"), file.Server) ?? Default;
        var key = Given(parsed.GetValue(Key), variable("TORCH_KEY"), variable("TORCH_ADMIN_KEY"), file.Key);
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? (address.TrimEnd('/'), key)
            : throw new Settings.SettingException($"\"{address}\" is no address such as {Default}");
    }

    private static string? Given(params string?[] values) => values.FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
}
