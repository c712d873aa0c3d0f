namespace Torch.Cli.Serving;

/// <summary>The folder of everything that Torch keeps on disk, held by one Torch at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream _lock;

    private DataDirectory(string root, FileStream @lock) => (Root, _lock) = (root, @lock);

    public string Root { get; }

    /// <summary>Where the embedded PostgreSQL lives.</summary>
    public string Postgres => Path.Combine(Root, "postgres");

    /// <summary>The agent's results that the log does not have yet.</summary>
    public string Spool => Path.Combine(Root, "spool.db");

    /// <exception cref="DataDirectoryException">Another Torch holds it, or it cannot be written to.</exception>
    public static DataDirectory Open(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException($"the data directory {root} cannot be made: {exception.Message}");
        }
        return new DataDirectory(root, Lock(root));
    }

    public void Dispose() => _lock.Dispose();

    // The system lets go of the lock when the process dies, however it dies; the file stays and means nothing.
    private static FileStream Lock(string root)
    {
        try
        {
            return new FileStream(
                Path.Combine(root, "torch.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (UnauthorizedAccessException)
        {
            throw new DataDirectoryException($"the data directory {root} cannot be written to");
        }
        catch (IOException)
        {
            throw new DataDirectoryException(
                $"the data directory {root} is in use by another Torch: stop it, or choose another with --data"
            );
        }
    }
}

/// <summary>The data directory cannot be used. The message is one line for people.</summary>
internal sealed class DataDirectoryException(string message) : Exception(message);
