using Torch.EventStore.Chaining;

namespace Torch.EventStore.Tests.Chaining;

public sealed class JournalKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-key-").FullName;

    private string KeyFile => Path.Combine(_folder, "keys", "journal.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_first_start_makes_a_key_that_only_its_user_can_read()
    {
        using var made = JournalKey.OpenOrMake(KeyFile);
        using var opened = JournalKey.OpenOrMake(KeyFile);

        opened.Id.ShouldBe(made.Id);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_signature_holds_for_what_was_signed_and_for_nothing_else()
    {
        using var key = JournalKey.OpenOrMake(KeyFile);
        using var open = JournalPublicKey.Read(JournalKey.PublicFileOf(KeyFile));
        var signed = key.Sign(42, new byte[32], 1_700_000_000_000_000);

        open.Holds(signed).ShouldBeTrue();
        open.Holds(signed with { Position = 43 }).ShouldBeFalse();
        open.Holds(signed with { Micros = 1 }).ShouldBeFalse();
        open.Holds(signed with { Hash = [.. new byte[31], 1] }).ShouldBeFalse();
    }

    [Fact]
    public void Another_key_does_not_vouch_for_it()
    {
        using var key = JournalKey.OpenOrMake(KeyFile);
        using var other = JournalKey.OpenOrMake(Path.Combine(_folder, "other.pem"));
        using var open = JournalPublicKey.Read(JournalKey.PublicFileOf(KeyFile));
        var forged = other.Sign(42, new byte[32], 0);

        open.Holds(forged).ShouldBeFalse();
        open.Holds(forged with { KeyId = key.Id }).ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_is_no_key_is_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, "hello");

        Should.Throw<JournalKeyException>(() => JournalKey.OpenOrMake(KeyFile)).Message.ShouldContain(KeyFile);
    }
}
