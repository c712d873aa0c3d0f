using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Torch.Domain;

/// <summary>Ids that are the same in every Torch. They are on disk: changing one orphans its stream.</summary>
public static class WellKnown
{
    /// <summary>The one workspace that exists until there are several.</summary>
    public const string Workspace = "default";

    /// <summary>The journal stream of all structure.</summary>
    public static Guid Topology { get; } = new("7070104f-0000-7000-8000-000000000001");

    /// <summary>The telemetry stream of the log's own clock.</summary>
    public static Guid Clock { get; } = new("c10c0000-0000-7000-8000-000000000002");

    /// <summary>The journal stream of what retention sealed and dropped.</summary>
    public static Guid Retention { get; } = new("2e7e0000-0000-7000-8000-000000000003");

    /// <summary>The journal stream of the workspace's own statuses.</summary>
    public static Guid Statuses { get; } = new("57a70500-0000-7000-8000-000000000004");

    /// <summary>The journal stream of what is to be told.</summary>
    public static Guid Notices { get; } = new("20710ce5-0000-7000-8000-000000000005");

    /// <summary>The journal stream of everybody who has an account.</summary>
    public static Guid People { get; } = new("9e091e00-0000-7000-8000-000000000005");

    /// <summary>The journal stream of the API's keys.</summary>
    public static Guid Keys { get; } = new("6e750000-0000-7000-8000-000000000006");

    /// <summary>The journal stream of who came in, and who did not.</summary>
    public static Guid SignIns { get; } = new("51610000-0000-7000-8000-000000000007");

    /// <summary>The namespace of every derived id.</summary>
    public static Guid Namespace { get; } = new("6c1f0f2e-5d0b-5b7e-9a51-70c4a7e60001");
}

/// <summary>Ids of checks that follow from something else.</summary>
public static class CheckIds
{
    /// <summary>The check of a report's source in the default workspace.</summary>
    public static Guid OfSource(string source) => OfSource(WellKnown.Workspace, source);

    /// <summary>The check of a report's source: concurrent first reports find one stream.</summary>
    public static Guid OfSource(string workspace, string source) =>
        NameId.Of(NameId.Of(WellKnown.Namespace, workspace), source);
}

/// <summary>Ids of streams that follow from something else.</summary>
public static class StreamIds
{
    /// <summary>Where a node's transitions stand, apart from its settings.</summary>
    public static Guid StatusOf(Guid nodeId) => NameId.Of(nodeId, "status");

    /// <summary>Where an agent's comings and goings stand, apart from its registration.</summary>
    public static Guid SessionsOf(Guid agentId) => NameId.Of(agentId, "sessions");

    /// <summary>Where the gaps of a check's observations stand, or those that an agent left without knowing whose.</summary>
    public static Guid GapsOf(Guid checkOrAgentId) => NameId.Of(checkOrAgentId, "gaps");

    /// <summary>What a server says of itself, in both logs.</summary>
    public static Guid OfServer(string name) => NameId.Of(NameId.Of(WellKnown.Namespace, "servers"), name);
}

/// <summary>Ids of agents that follow from something else.</summary>
public static class AgentIds
{
    /// <summary>The agent inside a server, by its name.</summary>
    public static Guid InProcess(string name) => NameId.Of(NameId.Of(WellKnown.Namespace, "agents"), name);
}

/// <summary>UUIDs of version 5 (RFC 9562): the same name in the same namespace is the same id.</summary>
public static class NameId
{
    [SuppressMessage(
        "Security",
        "CA5350",
        Justification = "RFC 9562 defines version 5 by SHA-1; nothing is secured by it"
    )]
    public static Guid Of(Guid space, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + text.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input, 16);
        var hash = SHA1.HashData(input).AsSpan(0, 16);
        BinaryPrimitives.WriteUInt16BigEndian(
            hash[6..],
            (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0FFF) | 0x5000)
        );
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
