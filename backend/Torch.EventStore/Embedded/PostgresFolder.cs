using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Torch.EventStore.Embedded;

/// <summary>The folder of one embedded server, and the lock that says whose it is at the moment.</summary>
internal sealed class PostgresFolder : IDisposable
{
    // sun_path holds 108 bytes with its terminating zero (104 on macOS), and this name is appended to the folder.
    private const int MaxSocketPath = 103;
    private const string SocketName = "/.s.PGSQL.5432";

    private readonly FileStream _lock;

    private PostgresFolder(string root, FileStream @lock)
    {
        Root = root;
        _lock = @lock;
        SocketDirectory = ShortEnough(Path.Combine(root, "run"));
        MakePrivate(SocketDirectory);
    }

    public string Root { get; }
    public string Cluster => Path.Combine(Root, "cluster");
    public string LogFile => Path.Combine(Root, "postgres.log");
    public string PasswordFile => Path.Combine(Root, "password");
    public string PidFile => Path.Combine(Cluster, "postmaster.pid");
    public string SocketDirectory { get; }

    /// <exception cref="EmbeddedPostgresException">Another process holds it, or it cannot be written to.</exception>
    public static PostgresFolder Open(string path)
    {
        var root = Path.GetFullPath(path);
        try
        {
            MakePrivate(root);
            var lockFile = Path.Combine(root, "torch.lock");
            return new PostgresFolder(
                root,
                new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
            );
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EmbeddedPostgresException($"The data folder {root} cannot be written to", exception);
        }
        catch (IOException exception) when (Directory.Exists(root))
        {
            throw new EmbeddedPostgresException($"The data folder {root} is in use by another Torch", exception);
        }
        catch (IOException exception)
        {
            throw new EmbeddedPostgresException(
                $"The data folder {root} cannot be made: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>The version that made the cluster, null where there is none yet.</summary>
    public int? Major()
    {
        var file = Path.Combine(Cluster, "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>What the server's log says is wrong, in its last lines.</summary>
    public string LastComplaint()
    {
        var lines = File.Exists(LogFile) ? File.ReadLines(LogFile).TakeLast(50).Where(l => l.Length > 0).ToList() : [];
        var fatal = lines.FindLastIndex(l => l.Contains("FATAL:", StringComparison.Ordinal));
        if (fatal < 0)
            return lines.Count > 0 ? Message(lines[^1]) : "it said nothing";
        // Of a bad setting, the line before says which one.
        var isVague = fatal > 0 && lines[fatal].Contains("contains errors", StringComparison.Ordinal);
        return isVague ? $"{Message(lines[fatal - 1])} ({Message(lines[fatal])})" : Message(lines[fatal]);
    }

    // Without time, process id and level.
    private static string Message(string line)
    {
        var level = line.IndexOf(":  ", StringComparison.Ordinal);
        return level < 0 ? line : line[(level + 3)..];
    }

    /// <summary>The log begins anew when it has grown long; one old one is kept.</summary>
    public void TurnLog()
    {
        if (File.Exists(LogFile) && new FileInfo(LogFile).Length > 10 * 1024 * 1024)
            File.Move(LogFile, LogFile + ".1", overwrite: true);
    }

    public void Dispose() => _lock.Dispose();

    private static string ShortEnough(string folder)
    {
        if (Encoding.UTF8.GetByteCount(folder + SocketName) <= MaxSocketPath)
            return folder;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..16];
        return Path.Combine("/tmp", "torch-" + hash);
    }

    // The socket trusts whoever reaches it, so only this user may.
    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(
                folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
    }
}
