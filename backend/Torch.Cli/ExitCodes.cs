namespace Torch.Cli;

/// <summary>What the process ends with. Scripts may rely on them; <c>docs/cli.md</c> lists them.</summary>
public static class ExitCodes
{
    /// <summary>Done, or stopped when asked.</summary>
    public const int Success = 0;

    /// <summary>Something that has no code of its own, or the answer to a question is no: a target that is not up, a log that is broken.</summary>
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

    /// <summary>Somebody was asked, and said no: nothing was done.</summary>
    public const int Declined = 7;

    /// <summary><c>torch run</c>: the command cannot be run, as shells say it.</summary>
    public const int NotExecutable = 126;

    /// <summary><c>torch run</c>: there is no such command, as shells say it.</summary>
    public const int NotFound = 127;
}
