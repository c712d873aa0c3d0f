namespace Torch.Server.Tests.Features;

/// <summary>A test with a server of its own, and a client of it.</summary>
public abstract class TorchTest : IAsyncLifetime
{
    private protected TorchFactory _torch = null!;
    private protected HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _torch = await TorchFactory.StartAsync();
        _client = _torch.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _torch.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
