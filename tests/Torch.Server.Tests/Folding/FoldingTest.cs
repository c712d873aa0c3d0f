using Torch.Testing;

namespace Torch.Server.Tests.Folding;

/// <summary>A test with a database and a server of its own.</summary>
public abstract class FoldingTest : IAsyncLifetime
{
    private protected TestDatabase _database = null!;
    private protected FoldingServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await FoldingServer.NewDatabaseAsync();
        _server = await FoldingServer.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
