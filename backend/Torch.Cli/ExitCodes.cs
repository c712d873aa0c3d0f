namespace Torch.Cli;

/// <summary>What the process ends with. Scripts may rely on them; <c>docs/operations.md</c> lists them.</summary>
public static class ExitCodes
{
    /// <summary>Done, or stopped when asked.</summary>
    public const int Success = 0;

    /// <summary>Something that has no code of its own.</summary>
    public const int Failed = 1;

    /// <summary>A command, flag or setting makes no sense, or would not be safe.</summary>
    public const int Settings = 2;

    /// <summary>Another Torch uses the data directory, or it cannot be written to.</summary>
    public const int DataDirectory = 3;

    /// <summary>The address cannot be listened on.</summary>
    public const int Address = 4;

    /// <summary>The database cannot be reached, or the embedded PostgreSQL does not run.</summary>
    public const int Database = 5;

    /// <summary>A client verb got no answer, or a refusal.</summary>
    public const int Server = 6;
}
