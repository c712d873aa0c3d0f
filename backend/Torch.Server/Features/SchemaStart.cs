using Npgsql;
using Torch.EventStore;
using Torch.EventStore.Copying;

namespace Torch.Server.Features;

/// <summary>Brings the schema up to date before anything else starts; without a database Torch does not start.</summary>
internal sealed class SchemaStart(NpgsqlDataSource db, ILogger<SchemaStart> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private bool _waited;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            while (!await TryApplyAsync(limit.Token))
                await Task.Delay(Pause, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StartRefusedException("PostgreSQL cannot be reached: " + Address());
        }
    }

    // A database that starts at the same time (compose, a restart) gets some seconds; a wrong password does not.
    private async Task<bool> TryApplyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var scripts = SchemaScript.EmbeddedIn(typeof(SchemaStart).Assembly);
            await SchemaInstaller.ApplyAsync(db, scripts, cancellationToken);
            if (await ImportGuard.IsUnfinishedAsync(db, cancellationToken))
                throw new StartRefusedException(
                    "PostgreSQL holds half a copy: an import was not finished, run torch log import again"
                );
            return true;
        }
        catch (PostgresException refused) when (!IsStarting(refused.SqlState))
        {
            throw new StartRefusedException($"PostgreSQL refuses ({refused.SqlState}): {refused.MessageText}", refused);
        }
        catch (SchemaException wrong)
        {
            throw new StartRefusedException(wrong.Message, wrong);
        }
        catch (NpgsqlException away)
        {
            // Said once; the refusal at the end says the rest.
            logger.Log(_waited ? LogLevel.Debug : LogLevel.Warning, "Waiting for PostgreSQL: {Reason}", away.Message);
            _waited = true;
            return false;
        }
    }

    private static bool IsStarting(string sqlState) =>
        sqlState.StartsWith("57P") || sqlState.StartsWith("53") || sqlState.StartsWith("08");

    private string Address()
    {
        var parts = new NpgsqlConnectionStringBuilder(db.ConnectionString);
        return $"{parts.Host}:{parts.Port}";
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
