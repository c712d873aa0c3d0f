using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Torch.Agent.Spool;
using Torch.Contracts;

namespace Torch.Agent.Tests.Spool;

/// <summary>A folder with a spool.</summary>
internal sealed class SpoolFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("torch-spool-").FullName;

    public string File => Path.Combine(Folder, "spool.db");

    public DiskSpool Open(Func<SpoolOptions, SpoolOptions>? with = null)
    {
        var options = new SpoolOptions(File) { Gather = TimeSpan.Zero, Tick = TimeSpan.FromMilliseconds(20) };
        return new DiskSpool(with?.Invoke(options) ?? options, TimeProvider.System, NullLogger<DiskSpool>.Instance);
    }

    /// <summary>The files as they are now, elsewhere.</summary>
    public SpoolFolder Copy()
    {
        var copy = new SpoolFolder();
        Copy(Folder, copy.Folder);
        return copy;
    }

    /// <summary>The files as they were in a copy.</summary>
    public void Restore(SpoolFolder copy)
    {
        foreach (var file in Directory.GetFiles(Folder))
            System.IO.File.Delete(file);
        Copy(copy.Folder, Folder);
    }

    /// <summary>Rows of a table of the file, by SQLite alone.</summary>
    public long Rows(string table = "records")
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"select count(*) from {table}";
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
            System.IO.File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}

/// <summary>A server that takes deliveries as the log does: a spool's offset moves with its results, or nothing happens.</summary>
internal sealed class TakingServer
{
    private readonly Dictionary<Guid, long> _stands = [];

    public List<ProbeCompleted> Results { get; } = [];

    public List<ResultGap> Gaps { get; } = [];

    public List<int> Numbers => [.. Results.Select(result => result.StatusCode!.Value)];

    /// <summary>Has taken a spool up to an offset already.</summary>
    public void Stand(Guid spoolId, long offset) => _stands[spoolId] = offset;

    public long Take(ResultDelivery delivery)
    {
        var stands = _stands.GetValueOrDefault(delivery.SpoolId);
        if (delivery.From != stands || delivery.To <= stands)
            return stands;
        Results.AddRange(delivery.Results);
        Gaps.AddRange(delivery.Gaps);
        return _stands[delivery.SpoolId] = delivery.To;
    }
}
