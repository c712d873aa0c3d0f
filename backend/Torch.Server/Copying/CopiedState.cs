using Torch.EventStore.Copying;
using Torch.Server.Evaluating;
using Torch.Server.Notifying;

namespace Torch.Server.Copying;

/// <summary>What of the server's own state moves with the log. Read tables do not: they follow from it.</summary>
public static class CopiedState
{
    /// <summary>Whose projection writes to the log: begun anew, it would write everything twice.</summary>
    public static IReadOnlyList<string> Checkpoints { get; } = [TransitionWriter.Projection, NoticeHost.Projection];

    /// <summary>The log's tables and the server's. When Torch was last alive belongs to them, so that the time of the move counts as an absence.</summary>
    public static IReadOnlyList<SideTable> Tables { get; } =
    [
        .. SideTable.OfTheLog,
        new("torch.heartbeat", ["id"]),
        new("torch_log.retention_holds", ["name"]),
        new("torch_sealed.progress", ["id"]),
        new("torch_sealed.checks", ["id"]),
        new("torch_sealed.latest_observations", ["check_id"]),
        new("torch_sealed.absences", ["position"]),
        new("torch_sealed.late_observations", ["position"]),
        new("torch_sealed.server_figures", ["level_minutes", "bucket", "server"]),
        new("torch_sealed.rollups", ["check_id", "level_minutes", "bucket"]),
        new("torch_sealed.sealed_rollups", ["partition", "check_id", "level_minutes", "bucket"]),
        new("torch_sealed.partitions", ["name"]),
        new("torch_sealed.archives", ["partition"]),
        // What is kept stands for events that are gone; the others are taken anew.
        new("torch_log.snapshots", ["name", "position"], "position", Where: "kept", PageRows: 1),
    ];
}
