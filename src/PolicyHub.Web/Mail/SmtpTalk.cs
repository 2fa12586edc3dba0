using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace PolicyHub.Web.Mail;

/// <summary>
/// One talk with a mail server (RFC 5321): TLS before anything is said of us (STARTTLS, RFC 3207; from the first byte where that is set, RFC 8314), a login where a user is set
/// (PLAIN or LOGIN, RFC 4954), never without TLS, and one mail. The framework's own client goes on without a login that was refused, and says nothing of it.
/// </summary>
internal sealed partial class SmtpTalk : IAsyncDisposable
{
    /// <summary>In bytes; 512 is what a server may send (RFC 5321, 4.5.3.1.5), some send more.</summary>
    private const int LongestLine = 2000;

    private const int MostLines = 100;

    private const int LongestReason = 300;

    private readonly byte[] buffer = new byte[4096];
    private Stream stream;
    private int next;
    private int end;

    private SmtpTalk(Stream stream) => this.stream = stream;

    /// <summary>Delivers a mail, in the form that <see cref="MailText"/> gives it.</summary>
    /// <param name="password">What goes with the user; null: none is set.</param>
    /// <exception cref="MailFailure">The server did not take it.</exception>
    /// <exception cref="SocketException">It can't be reached; other exceptions of the network likewise: <see cref="MailFailure.Of"/>.</exception>
    public static async Task DeliverAsync(MailOptions options, string? password, string from, string to, string text, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(options.Host!, options.Port, cancellation);
        await using var talk = new SmtpTalk(client.GetStream());
        var offers = await talk.OpenAsync(options, cancellation);
        if (options.User is { Length: > 0 } user && password is not null)
        {
            await talk.LogInAsync(user, password, offers, cancellation);
        }

        await talk.AskAsync($"MAIL FROM:<{from}>", [250], MailFault.NotNow, cancellation);
        await talk.AskAsync($"RCPT TO:<{to}>", [250, 251], MailFault.NotNow, cancellation);
        await talk.AskAsync("DATA", [354], MailFault.NotNow, cancellation);
        await talk.SendAsync(text, cancellation);
        await talk.ExpectAsync([250], MailFault.NotNow, cancellation);

        try
        {
            await talk.SendAsync("QUIT\r\n", cancellation);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException)
        {
            // It has the mail: whether it heard goodbye is nobody's concern.
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    /// <summary>What the server offers, over TLS where that is set.</summary>
    private async Task<IReadOnlyList<string>> OpenAsync(MailOptions options, CancellationToken cancellation)
    {
        var isFromStart = options is { Tls: true, TlsFromStart: true };
        if (isFromStart)
        {
            await SecureAsync(options, cancellation);
        }

        await ExpectAsync([220], MailFault.Server, cancellation);
        var offers = await HelloAsync(cancellation);
        if (!options.Tls || isFromStart)
        {
            return offers;
        }

        if (!offers.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
        {
            throw new MailFailure("it offers no TLS (STARTTLS), and PolicyHub:Mail:Tls asks for it");
        }

        await AskAsync("STARTTLS", [220], MailFault.Server, cancellation);
        if (next != end)
        {
            // Said before the server proved who it is, to be taken for something that it said after (CVE-2011-0411).
            throw new MailFailure("somebody between us and it has put words in before TLS began");
        }

        await SecureAsync(options, cancellation);
        return await HelloAsync(cancellation);
    }

    private async Task SecureAsync(MailOptions options, CancellationToken cancellation)
    {
        var secure = new SslStream(stream);
        stream = secure;
        var asked = new SslClientAuthenticationOptions { TargetHost = options.Host };
        if (options.CaFile is { Length: > 0 } file)
        {
            asked.CertificateChainPolicy = Security.TrustedAuthorities.Of(file);
        }

        await secure.AuthenticateAsClientAsync(asked, cancellation);
    }

    private async Task<IReadOnlyList<string>> HelloAsync(CancellationToken cancellation)
    {
        // Which machine this is, is nobody's concern: an address that names none is allowed (RFC 5321, 4.1.4).
        await SendAsync("EHLO [127.0.0.1]\r\n", cancellation);
        return (await ExpectAsync([250], MailFault.Server, cancellation))[1..];
    }

    private async Task LogInAsync(string user, string password, IReadOnlyList<string> offers, CancellationToken cancellation)
    {
        if (stream is not SslStream { IsAuthenticated: true })
        {
            throw new MailFailure("a password is not sent without TLS");
        }

        var ways = offers.Select(offer => offer.Split(' ', '=')).Where(words => words[0].Equals("AUTH", StringComparison.OrdinalIgnoreCase)).SelectMany(words => words[1..])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (ways.Contains("PLAIN"))
        {
            await TellAsync("AUTH PLAIN " + InBase64($"\0{user}\0{password}"), 235);
        }
        else if (ways.Contains("LOGIN"))
        {
            await TellAsync("AUTH LOGIN", 334);
            await TellAsync(InBase64(user), 334);
            await TellAsync(InBase64(password), 235);
        }
        else
        {
            throw new MailFailure("it takes no user and password (AUTH PLAIN or LOGIN), and PolicyHub:Mail:User is set");
        }

        async Task TellAsync(string line, int expected)
        {
            await SendAsync(line + "\r\n", cancellation);
            var (code, lines) = await ReplyAsync(cancellation);
            if (code != expected)
            {
                throw new MailFailure(
                    $"it refused the user and password (PolicyHub:Mail:User, PolicyHub:Mail:PasswordFile): {code.ToString(CultureInfo.InvariantCulture)} {Cut(string.Join(' ', lines))}");
            }
        }
    }

    private async Task AskAsync(string line, int[] expected, MailFault fault, CancellationToken cancellation)
    {
        await SendAsync(line + "\r\n", cancellation);
        await ExpectAsync(expected, fault, cancellation);
    }

    private async Task<List<string>> ExpectAsync(int[] expected, MailFault fault, CancellationToken cancellation)
    {
        var (code, lines) = await ReplyAsync(cancellation);
        if (expected.Contains(code))
        {
            return lines;
        }

        // What a server says of a mail may name whom it is to; its code does not (RFC 3463).
        var isOfMail = fault != MailFault.Server && code is not (421 or 530 or 454);
        var said = isOfMail ? EnhancedCode().Match(lines.Count > 0 ? lines[0] : "").Value : Cut(string.Join(' ', lines));
        throw new MailFailure(isOfMail ? code >= 500 ? MailFault.Never : MailFault.NotNow : MailFault.Server, $"it answered {code.ToString(CultureInfo.InvariantCulture)} {said}".TrimEnd());
    }

    private async Task SendAsync(string text, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await stream.FlushAsync(cancellation);
    }

    /// <summary>A reply, of one line or of several: their texts without the code.</summary>
    private async Task<(int Code, List<string> Lines)> ReplyAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await LineAsync(cancellation);
            if (line.Length < 3 || !int.TryParse(line[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                throw new MailFailure("it does not speak as a mail server does (SMTP)");
            }

            lines.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (line.Length == 3 || line[3] != '-')
            {
                return (code, lines);
            }
        }

        throw new MailFailure("its answer has no end");
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new List<byte>();
        while (line.Count < LongestLine)
        {
            if (next == end)
            {
                (next, end) = (0, await stream.ReadAsync(buffer, cancellation));
                if (end == 0)
                {
                    throw new MailFailure("it ended the connection");
                }
            }

            var read = buffer[next++];
            if (read == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(read);
        }

        throw new MailFailure("its answer has no end");
    }

    private static string InBase64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>For a line of the log.</summary>
    private static string Cut(string said)
    {
        var line = string.Concat(said.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= LongestReason ? line : line[..LongestReason];
    }

    [GeneratedRegex(@"^[245]\.[0-9]{1,3}\.[0-9]{1,3}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EnhancedCode();
}
