using System.Diagnostics;

namespace Torch.Server.Telemetry;

/// <summary>Torch's own spans. Where nobody listens, starting one costs a few nanoseconds and makes nothing.</summary>
internal static class TorchActivity
{
    /// <summary>The name of Torch's own spans and instruments.</summary>
    public const string Name = "Torch";

    public static readonly ActivitySource Source = new(Name);
}
