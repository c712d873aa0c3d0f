namespace Torch.EventStore.Tests;

public sealed class SchemaInstallerTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task ApplyAsync(params SchemaScript[] scripts) =>
        SchemaInstaller.ApplyAsync(_database.DataSource, scripts, CancellationToken.None);

    [Fact]
    public async Task A_callers_scripts_are_applied_once_even_by_several_processes_at_once()
    {
        var script = new SchemaScript("Somebody", "0001_table.sql", "create table somebodys (n int);");

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ApplyAsync(script)));

        (await _database.CountAsync("torch_log.schema_versions where set_name = 'Somebody'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_script_changed_after_it_was_applied_is_refused()
    {
        var script = new SchemaScript("Somebody", "0002_other.sql", "create table others (n int);");
        await ApplyAsync(script);

        var refused = await Should.ThrowAsync<SchemaException>(
            ApplyAsync(script with { Sql = "create table others (n bigint);" })
        );

        refused.Message.ShouldContain("0002_other.sql");
    }

    [Fact]
    public async Task A_script_that_fails_leaves_nothing_behind()
    {
        var good = new SchemaScript("Somebody", "0003_good.sql", "create table half (n int);");
        var bad = new SchemaScript("Somebody", "0004_bad.sql", "create table;");

        await Should.ThrowAsync<Npgsql.PostgresException>(ApplyAsync(good, bad));

        (await _database.CountAsync("pg_tables where tablename = 'half'")).ShouldBe(0);
    }
}
