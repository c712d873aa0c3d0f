namespace Torch.Server.Http;

/// <summary>How large what people send may be.</summary>
internal static class BodyLimits
{
    public const int Bytes = 1024 * 1024;
    public const int BatchBytes = 10 * 1024 * 1024;
    public const int JsonDepth = 32;
    public const int TextBytes = 8 * 1024;
    public const int NameCharacters = 200;
}
