using Torch.Domain.Keys;

namespace Torch.Domain.Tests.Keys;

public sealed class KeyRegisterTests
{
    private static readonly Guid Id = new("0190a000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly KeySettings Reports = new("backups", [KeyScopes.Ingest], "backup/");

    private static KeyRegister Given(params IReadOnlyList<IEvent> events)
    {
        var (keys, version) = (KeyRegister.Empty, 0L);
        foreach (var @event in events)
            keys = keys.Evolve(@event, ++version);
        return keys;
    }

    [Fact]
    public void A_source_prefix_belongs_to_a_key_that_only_reports()
    {
        var reads = Reports with { Scopes = [KeyScopes.Ingest, KeyScopes.Read] };

        KeyRegister
            .Empty.Create(Id, Reports, "h", Now)
            .Events.ShouldHaveSingleItem()
            .ShouldBe(new ApiKeyCreated(Id, Reports, "h"));
        KeyRegister.Empty.Create(Id, reads, "h", Now).Refusal!.Code.ShouldBe("bad_source_prefix");
        Given(new ApiKeyCreated(Id, Reports, "h")).Change(Id, reads).Refusal!.Code.ShouldBe("bad_source_prefix");
    }

    [Fact]
    public void A_key_is_not_born_expired()
    {
        var settings = Reports with { ExpiresAt = Now };

        KeyRegister.Empty.Create(Id, settings, "h", Now).Refusal!.Code.ShouldBe("bad_expiry");
        KeyRegister.Empty.Create(Id, settings, "h", Now.AddSeconds(-1)).Refusal.ShouldBeNull();
    }

    [Fact]
    public void While_it_is_exchanged_two_texts_live_and_never_three()
    {
        var keys = Given(
            new ApiKeyCreated(Id, Reports, "first"),
            new ApiKeyRotated(Id, "second", Now.AddDays(1)),
            new ApiKeyRotated(Id, "third", Now.AddDays(2))
        );

        var hashes = keys.ById(Id)!.Hashes;
        hashes.Select(h => h.Hash).ShouldBe(["third", "second"]);
        hashes.Select(h => h.Until).ShouldBe([null, Now.AddDays(2)]);
    }

    [Fact]
    public void What_holds_already_changes_nothing()
    {
        var both = new KeySettings("both", [KeyScopes.Read, KeyScopes.Ingest]);
        var keys = Given(new ApiKeyCreated(Id, both, "h"));

        keys.Change(Id, both with { Scopes = [KeyScopes.Ingest, KeyScopes.Read] }).Events.ShouldBeEmpty();
        keys.Change(Id, both with { PerSecond = 5 }).Events.Count.ShouldBe(1);
    }

    [Fact]
    public void What_is_revoked_is_gone()
    {
        var keys = Given(new ApiKeyCreated(Id, Reports, "h"), new ApiKeyRevoked(Id));

        keys.ById(Id).ShouldBeNull();
        keys.Revoke(Id).Refusal!.Code.ShouldBe("unknown_key");
        keys.Rotate(Id, "h2", Now).Refusal!.Code.ShouldBe("unknown_key");
    }
}
