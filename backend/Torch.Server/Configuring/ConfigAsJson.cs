using Torch.Server.Configuring.Text;

namespace Torch.Server.Configuring;

/// <summary>A configuration that was written as YAML, as JSON: the same file in the other spelling that is read.</summary>
public static class ConfigAsJson
{
    /// <summary>One line.</summary>
    public static string Of(string yaml) => YamlReading.Read(yaml).Root?.ToJsonString() ?? "{}";
}
