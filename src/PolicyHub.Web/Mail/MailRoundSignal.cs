using System.Threading.Channels;

namespace PolicyHub.Web.Mail;

/// <summary>Tells this process that a mail waits, and the site how its delivery fares.</summary>
public sealed class MailRoundSignal
{
    private readonly Channel<bool> waiting = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile string? failure;

    /// <summary>Why the server takes no mail; null while it does, or while none was sent.</summary>
    public string? Failure
    {
        get => failure;
        set => failure = value;
    }

    public void Set() => waiting.Writer.TryWrite(true);

    /// <summary>Ends when a mail waits, or after a time.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellation)
    {
        await Task.WhenAny(waiting.Reader.WaitToReadAsync(cancellation).AsTask(), Task.Delay(longest, time, cancellation));
        waiting.Reader.TryRead(out _);
        cancellation.ThrowIfCancellationRequested();
    }
}
