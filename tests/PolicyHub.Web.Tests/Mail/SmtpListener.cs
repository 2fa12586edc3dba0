using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PolicyHub.Web.Tests.Mail;

/// <summary>A small server of our own on this machine that takes mails and keeps them as they came (RFC 5321), with TLS and a login where a test asks for them.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;
    private readonly ConcurrentQueue<string> mails = [];
    private readonly SemaphoreSlim came = new(0);
    private int refusals;

    /// <param name="refusals">So many mails are refused first, for a while.</param>
    /// <param name="port">0: any that is free.</param>
    public SmtpListener(int refusals = 0, int port = 0)
    {
        this.refusals = refusals;
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Offers STARTTLS with it; null: no TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether TLS begins with the first byte.</summary>
    public bool IsTlsFromStart { get; init; }

    /// <summary>Said after STARTTLS in the same packet, by somebody in between.</summary>
    public string PutIn { get; init; } = "";

    /// <summary>Ways of login that it offers, such as <c>PLAIN LOGIN</c>, once there is TLS where it has a certificate; empty: it asks for none.</summary>
    public string Logins { get; init; } = "";

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Answers each RCPT with it; empty: takes it.</summary>
    public string RecipientReply { get; init; } = "";

    /// <summary>What was said to it, line by line, and before each whether it went in the open.</summary>
    public ConcurrentQueue<(bool IsOpen, string Line)> Heard { get; } = [];

    /// <summary>Mails that came and that nobody asked for yet.</summary>
    public int Count => mails.Count;

    /// <summary>The next mail, envelope and all.</summary>
    public async Task<string> NextAsync()
    {
        await came.WaitAsync(TimeSpan.FromSeconds(90), stop.Token);
        return mails.TryDequeue(out var mail) ? mail : throw new InvalidOperationException("No mail came.");
    }

    /// <summary>A port of this machine on which nobody listens now.</summary>
    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <summary>A certificate for 127.0.0.1, and the one of who made it.</summary>
    public static (X509Certificate2 Authority, X509Certificate2 Server) MakeCertificates()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var ours = RSA.Create(2048);
        var authority = new CertificateRequest("CN=Riverton Authority", ours, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var root = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var key = RSA.Create(2048);
        var server = new CertificateRequest("CN=mail", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(root, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
        using var whole = signed.CopyWithPrivateKey(key);
        return (root, X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
        came.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client.GetStream());
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException or AuthenticationException or ObjectDisposedException)
            {
                // The test is over, or whoever talked hung up.
            }
        }
    }

    private async Task TalkAsync(Stream stream)
    {
        var isOpen = true;
        var mail = new StringBuilder();
        if (IsTlsFromStart)
        {
            await SecureAsync();
        }

        await SayAsync("220 here");
        while (await LineAsync() is { } line)
        {
            Heard.Enqueue((isOpen, line));
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    var offers = new[] { isOpen && Certificate is not null ? "STARTTLS" : "", Logins.Length > 0 && (!isOpen || Certificate is null) ? "AUTH " + Logins : "", "8BITMIME" }.Where(offer => offer.Length > 0).ToList();
                    await SayAsync(string.Join("\r\n", offers.SkipLast(1).Prepend("here").Select(offer => "250-" + offer).Append("250 " + offers[^1])));
                    break;
                case "STARTTLS" when Certificate is not null:
                    await SayAsync("220 go on" + (PutIn.Length > 0 ? "\r\n" + PutIn : ""));
                    await SecureAsync();
                    break;
                case "AUTH":
                    await SayAsync(await IsKnownAsync(line) ? "235 welcome" : "535 5.7.8 wrong user or password");
                    break;
                case "MAIL" when Interlocked.Decrement(ref refusals) >= 0:
                    await SayAsync("451 not now");
                    break;
                case "RCPT" when RecipientReply.Length > 0:
                    await SayAsync(RecipientReply);
                    break;
                case "MAIL" or "RCPT":
                    mail.AppendLine(line);
                    await SayAsync("250 yes");
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    while (await LineAsync() is { } text && text != ".")
                    {
                        mail.AppendLine(text);
                    }

                    mails.Enqueue(mail.ToString());
                    mail.Clear();
                    came.Release();
                    await SayAsync("250 taken");
                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("250 yes");
                    break;
            }
        }

        async Task SecureAsync()
        {
            var secure = new SslStream(stream);
            stream = secure;
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop.Token);
            isOpen = false;
        }

        async Task SayAsync(string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), stop.Token);

        async Task<string?> LineAsync()
        {
            // Byte by byte: what comes after STARTTLS is not for this stream.
            var bytes = new List<byte>();
            var one = new byte[1];
            while (await stream.ReadAsync(one, stop.Token) == 1)
            {
                if (one[0] == '\n')
                {
                    return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
                }

                bytes.Add(one[0]);
            }

            return null;
        }

        async Task<bool> IsKnownAsync(string line)
        {
            var words = line.Split(' ');
            if (words[1] == "PLAIN")
            {
                return Decoded(words[2]) == $"\0{User}\0{Password}";
            }

            await SayAsync("334 VXNlcm5hbWU6");
            var user = await LineAsync();
            await SayAsync("334 UGFzc3dvcmQ6");
            var password = await LineAsync();
            return Decoded(user!) == User && Decoded(password!) == Password;
        }
    }

    private static string Decoded(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
