using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PolicyHub.Web.Tests.Mail;

/// <summary>A small server of our own on this machine that takes mails and keeps them as they came (RFC 5321, without TLS).</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;
    private readonly ConcurrentQueue<string> mails = [];
    private readonly SemaphoreSlim came = new(0);
    private int refusals;

    /// <param name="refusals">So many mails are refused first, for a while.</param>
    public SmtpListener(int refusals = 0)
    {
        this.refusals = refusals;
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The next mail, envelope and all.</summary>
    public async Task<string> NextAsync()
    {
        await came.WaitAsync(stop.Token);
        return mails.TryDequeue(out var mail) ? mail : throw new InvalidOperationException("A mail came and is not there.");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        stop.Dispose();
        came.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 here");
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "MAIL" when Interlocked.Decrement(ref refusals) >= 0:
                    await writer.WriteLineAsync("451 not now");
                    break;
                case "MAIL" or "RCPT":
                    mail.AppendLine(line);
                    await writer.WriteLineAsync("250 yes");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    while (await reader.ReadLineAsync(stop.Token) is { } text && text != ".")
                    {
                        mail.AppendLine(text);
                    }

                    mails.Enqueue(mail.ToString());
                    mail.Clear();
                    came.Release();
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 yes");
                    break;
            }
        }
    }
}
