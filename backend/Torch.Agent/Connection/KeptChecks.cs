using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Torch.Contracts;
using Torch.Contracts.Json;

namespace Torch.Agent.Connection;

/// <summary>
/// The last list of checks, in a file beside the spool: an agent that is started while its server is away goes on with it. Only a list
/// that needs no lease is kept, for of any other another agent may run the checks by now.
/// </summary>
/// <remarks>It holds what probes need, credentials too: only the agent's own user may read it.</remarks>
public sealed class KeptChecks(string path, ServerAddress address, ILogger log)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new Iso8601DurationConverter() },
    };

    private readonly Lock _lock = new();

    private sealed record Kept(string Server, string Agent, IReadOnlyList<ScheduledCheck> Checks);

    // The key's first two parts name the agent, the third is its secret. Another agent, or server, has other checks.
    private string Agent => string.Join('_', address.Key.Split('_').Take(2));

    /// <summary>Null where none is kept, or where it is another agent's or cannot be read.</summary>
    public IReadOnlyList<ScheduledCheck>? Read()
    {
        try
        {
            using var file = File.OpenRead(path);
            var kept = JsonSerializer.Deserialize<Kept>(file, Json);
            return kept?.Server == address.Server.ToString() && kept.Agent == Agent ? kept.Checks : null;
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            if (fault is not (FileNotFoundException or DirectoryNotFoundException))
                log.LogWarning("The list of checks in {File} cannot be used: {Reason}", path, fault.Message);
            return null;
        }
    }

    /// <summary>Keeps it, or forgets the one before. A disk that refuses is no reason not to probe.</summary>
    public void Take(AgentChecks list)
    {
        lock (_lock)
        {
            try
            {
                if (list.Lease is null)
                    Write(new(address.Server.ToString(), Agent, list.Checks));
                else
                    File.Delete(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                log.LogWarning("The list of checks cannot be kept in {File}: {Reason}", path, fault.Message);
            }
        }
    }

    private void Write(Kept kept)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var beside = path + ".new";
        using (var file = new FileStream(beside, options))
            JsonSerializer.Serialize(file, kept, Json);
        File.Move(beside, path, overwrite: true);
    }
}
