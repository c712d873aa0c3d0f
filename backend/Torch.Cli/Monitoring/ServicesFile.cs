using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Torch.Cli.Settings;

namespace Torch.Cli.Monitoring;

/// <summary>The Universal Monitoring Tool's file: <c>{"services":[...]}</c>.</summary>
internal sealed record ServicesFile([property: JsonPropertyName("services")] IReadOnlyList<Service> Services)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="SettingException">It is not there, no JSON, or a service is not as it must be; with line and column.</exception>
    public static ServicesFile Read(string path)
    {
        var bytes = Bytes(path);
        try
        {
            var places = JsonPlaces.Of(bytes);
            var file = JsonSerializer.Deserialize<ServicesFile>(bytes, Format);
            if (file?.Services is null)
                throw new SettingException($"{path}: expected {{\"services\": [...]}}");
            file.Check(path, places);
            return file;
        }
        catch (JsonException exception)
        {
            var place = exception.Path is { Length: > 2 } at ? $" ({at[2..]})" : "";
            throw new SettingException(
                $"{path}:{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}: not as it must be{place}: {exception.Message.Split(" Path:")[0]}"
            );
        }
    }

    /// <summary>Puts it in the place of the old one, whole or not at all.</summary>
    /// <exception cref="SettingException">A service is not as it must be, or the file cannot be written.</exception>
    public void Write(string path)
    {
        Check(path, null);
        var beside = path + ".new";
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                JsonSerializer.Serialize(stream, this, Format);
                stream.Write("\n"u8);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{path} cannot be written: {exception.Message}");
        }
    }

    private void Check(string path, IReadOnlyDictionary<string, (int Line, int Column)>? places)
    {
        for (var i = 0; i < Services.Count; i++)
            if (ServiceRules.Fault(Services[i]) is { } fault)
                throw new SettingException(
                    $"{path}{Place(places, i, fault.Member)}: service {i + 1}: {fault.Member} {fault.Why}"
                );
    }

    // A member that is missing stands where its service begins.
    private static string Place(IReadOnlyDictionary<string, (int Line, int Column)>? places, int index, string member)
    {
        if (places is null)
            return "";
        var (line, column) = places.GetValueOrDefault(
            $"services[{index}].{member}",
            places.GetValueOrDefault($"services[{index}]")
        );
        return $":{line}:{column}";
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingException($"{path} is not there: torch config create makes one");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{path} cannot be read: {exception.Message}");
        }
    }
}
