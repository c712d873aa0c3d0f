using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Torch.Server.Live;

/// <summary>Writes Server-Sent Events.</summary>
internal sealed class EventStreamWriter(PipeWriter body)
{
    /// <summary>One event; it leaves with the next <see cref="FlushAsync"/>.</summary>
    public void Write(long position, string kind, ReadOnlySpan<byte> json)
    {
        Text(string.Create(CultureInfo.InvariantCulture, $"id: {position}\nevent: {kind}\ndata: "));
        body.Write(json);
        Text("\n\n");
    }

    public void Write(long position, string kind, string json) => Write(position, kind, Encoding.UTF8.GetBytes(json));

    public async Task FlushAsync(CancellationToken cancellationToken) => await body.FlushAsync(cancellationToken);

    private void Text(string text) => Encoding.UTF8.GetBytes(text, body);
}
