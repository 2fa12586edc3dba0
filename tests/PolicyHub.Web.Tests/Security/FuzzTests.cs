using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using AngleSharp;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Security;

/// <summary>
/// Every form, query parameter and many headers of every route, with what breaks parsers and pages: the site never fails, never hangs, and
/// nothing that was sent comes back as anything but text.
/// </summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly TestRepository repository = SampleLibrary.Create().Flush();
    private RunningSite site = null!;

    public async ValueTask InitializeAsync() => site = await RunningSite.StartAsync(
        new TestClock(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero)),
        ("PolicyHub:Library", repository.Folder), ("PolicyHub:SignIn:Open", "false"), ("PolicyHub:SignIn:Public", "true"),
        ("PolicyHub:SearchesPerSecond", "100000"), ("PolicyHub:ExportsPerMinute", "100000"), ("PolicyHub:SignInsPerMinute", "100000"));

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        repository.Dispose();
    }

    [Fact]
    public async Task Send_AnythingAnywhere_NeverFailsNorHangsNorBecomesMarkup()
    {
        var routes = new SiteRoutes
        {
            Paths = ["policies/late-fees", "policies/payment-plans", "process", "policies/secret", "desks/billing"],
            Ids = ["UB-014"],
            Words = ["waiver"],
            Files = ["forms/u-15.svg"],
            Areas = ["policies"],
        };
        var senders = await Task.WhenAll(Sender.NobodyAsync(site), Sender.AsAsync(site), Sender.AsAsync(site, "administrator"), Sender.AsAsync(site, "auditor"));
        var inputs = new FuzzInputs(new Random(LongRun.Seed), routes, senders.Length);
        var faults = new ConcurrentBag<string>();
        var (pages, forms) = (0, 0);
        FuzzInput[] drawn = [.. Enumerable.Range(0, LongRun.Count(2_000, 20_000)).Select(_ => inputs.Draw())];
        await Parallel.ForEachAsync(drawn, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (input, cancellation) =>
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(Longest);
                var answer = await senders[input.Reader].SendAsync(input, limit.Token);
                if (Fault(answer) is { } fault)
                {
                    faults.Add($"{fault}: {Describe(input)}");
                }

                Interlocked.Add(ref pages, answer.Status == 200 && answer.Header("Content-Type").StartsWith("text/html", StringComparison.Ordinal) ? 1 : 0);
                Interlocked.Add(ref forms, input.Fields is not null && answer.Status is 200 or 204 or 302 ? 1 : 0);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                faults.Add($"No answer in {Longest.TotalSeconds} s: {Describe(input)}");
            }
            catch (Exception failure) when (failure is IOException or SocketException or FormatException or ArgumentException)
            {
                faults.Add($"{failure.GetType().Name} {failure.Message}: {Describe(input)}");
            }
        });

        Assert.True(faults.IsEmpty, $"{faults.Count} with the seed {LongRun.Seed}:\n{string.Join('\n', faults.Take(25))}");

        // Else the test would pass on a site that refuses all.
        Assert.True(pages > drawn.Length / 10 && forms > drawn.Length / 500, $"{pages} pages, {forms} forms of {drawn.Length}");
    }

    /// <summary>What the judge must find, lest it finds nothing.</summary>
    [Theory]
    [InlineData("text/html", "<p><zq onload=1></p>")]
    [InlineData("text/html", "<p zq=1>")]
    [InlineData("text/html", "<p onfocus=1>")]
    [InlineData("text/html", "<a href='javascript:zq'>")]
    [InlineData("text/html", "<script>zq</script>")]
    [InlineData("application/json", "{\"a\":}")]
    [InlineData("application/atom+xml", "<a><zq/></a>")]
    public void Judge_AnEchoAsMarkup_FindsIt(string type, string body) => Assert.NotNull(Fault(new FuzzAnswer(200, [$"Content-Type: {type}"], body)));

    [Fact]
    public void Judge_AHeaderOrAWayOutOfTheSite_FindsIt()
    {
        Assert.NotNull(Fault(new FuzzAnswer(302, ["Location: //zq.example/"], "")));
        Assert.NotNull(Fault(new FuzzAnswer(200, ["X-Zq: 1"], "")));
        Assert.NotNull(Fault(new FuzzAnswer(500, [], "")));
        Assert.Null(Fault(new FuzzAnswer(302, ["Location: /a"], "")));
        Assert.Null(Fault(new FuzzAnswer(200, ["Content-Type: text/html"], "<p title='&lt;zq onload=1&gt;'>&lt;zq onload=1&gt;</p>")));
    }

    /// <summary>What is wrong with an answer; null: nothing.</summary>
    private static string? Fault(FuzzAnswer answer)
    {
        if (answer.Status is < 200 or >= 500)
        {
            return answer.Status.ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Headers.FirstOrDefault(header => header.StartsWith("X-Zq", StringComparison.OrdinalIgnoreCase)) is { } written)
        {
            return $"A header was written: {written}";
        }

        if (answer.Header("Location") is { Length: > 0 } location && (location[0] != '/' || location.StartsWith("//", StringComparison.Ordinal) || location.StartsWith("/\\", StringComparison.Ordinal)))
        {
            return $"Led to {location}";
        }

        try
        {
            return answer.Body.Length == 0 ? null : answer.Header("Content-Type").Split(';')[0] switch
            {
                "text/html" => FaultOfPage(answer.Body),
                "application/json" or "application/problem+json" => FaultOfJson(answer.Body),
                "application/atom+xml" or "application/xml" or "text/xml" => XDocument.Parse(answer.Body).Descendants().Any(element => element.Name.LocalName == "zq") ? "Became an element" : null,
                _ => null,
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or System.Xml.XmlException)
        {
            return $"Can't be read: {unreadable.Message}";
        }
    }

    private static string? FaultOfJson(string body)
    {
        using var parsed = JsonDocument.Parse(body);
        return null;
    }

    private static string? FaultOfPage(string body)
    {
        var page = new HtmlParser(default, BrowsingContext.New(Configuration.Default)).ParseDocument(body);
        foreach (var element in page.All)
        {
            if (element.LocalName.StartsWith("zq", StringComparison.Ordinal) || element is IHtmlScriptElement { Source: null or "" })
            {
                return $"Became an element: {element.LocalName}";
            }

            foreach (var attribute in element.Attributes)
            {
                if (attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name.StartsWith("zq", StringComparison.Ordinal) || attribute.Name is "style" or "srcdoc")
                {
                    return $"Became an attribute: {attribute.Name}";
                }

                var value = attribute.Value.TrimStart();
                if (attribute.Name is "href" or "src" or "action" or "formaction" && (value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                    || value.StartsWith("//", StringComparison.Ordinal) || value.StartsWith("/\\", StringComparison.Ordinal) || value.Contains("://zq", StringComparison.Ordinal)))
                {
                    return $"Leads out of the site: {value}";
                }
            }
        }

        return null;
    }

    private static string Describe(FuzzInput input) =>
        $"{input.Reader} {input.Method} {Cut(input.Target)} [{string.Join(" | ", input.Headers)}] {input.ContentType} {Cut(input.Fields ?? "")}".Replace('\n', '␊').Replace('\r', '␍').Replace('\0', '␀');

    private static string Cut(string text) => text.Length <= 400 ? text : $"{text[..400]}… ({text.Length})";

    /// <summary>Somebody who sends: with their session, and with the proof of a form that is theirs.</summary>
    private sealed class Sender(RunningSite site, string? grant, bool isSomebody)
    {
        private string cookie = "";
        private string token = "";

        public static Task<Sender> NobodyAsync(RunningSite site) => BeginAsync(new Sender(site, null, isSomebody: false));

        public static Task<Sender> AsAsync(RunningSite site, string? grant = null) => BeginAsync(new Sender(site, grant, isSomebody: true));

        /// <summary>Sends it byte for byte, as a client of good manners would tidy it up, and reads until the site has said all.</summary>
        public async Task<FuzzAnswer> SendAsync(FuzzInput input, CancellationToken cancellation)
        {
            var body = Encoding.UTF8.GetBytes(input.Fields?.Replace(FuzzInputs.Token, Uri.EscapeDataString(token), StringComparison.Ordinal) ?? "");
            var own = input.Headers.Any(header => header.StartsWith("Cookie:", StringComparison.Ordinal));
            var head = $"{input.Method} {input.Target} HTTP/1.0\r\nHost: {site.Address.Authority}\r\n{string.Concat(input.Headers.Select(header => header + "\r\n"))}{(own ? "" : $"Cookie: {cookie}\r\n")}"
                + (input.Fields is null ? "" : $"Content-Type: {input.ContentType}\r\nContent-Length: {body.Length}\r\n") + "\r\n";
            using var client = new TcpClient();
            await client.ConnectAsync(site.Address.Host, site.Address.Port, cancellation);
            await using var stream = client.GetStream();
            await stream.WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. body], cancellation);
            using var all = new MemoryStream();
            await stream.CopyToAsync(all, cancellation);
            if (isSomebody && input.Method == "POST" && input.Target.StartsWith("/sign", StringComparison.Ordinal))
            {
                // It may have ended the session.
                await BeginAsync(this);
            }

            return FuzzAnswer.Of(all.ToArray());
        }

        private static async Task<Sender> BeginAsync(Sender sender)
        {
            using var browsing = sender.IsSomebody ? await TestPeople.SignInAsync(sender.Site, "Fuzz", [], sender.Grants) : new Browsing(sender.Site.Address);
            var page = await browsing.GetAsync("/sign-out");
            sender.token = page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";
            sender.cookie = browsing.Cookies.GetCookieHeader(sender.Site.Address);
            return sender;
        }

        private bool IsSomebody => isSomebody;

        private RunningSite Site => site;

        private string[] Grants => grant is null ? [] : [grant];
    }

    /// <summary>An answer of HTTP/1.0: it ends with the connection.</summary>
    private sealed record FuzzAnswer(int Status, IReadOnlyList<string> Headers, string Body)
    {
        public string Header(string name) => Headers.FirstOrDefault(header => header.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..] ?? "";

        public static FuzzAnswer Of(byte[] bytes)
        {
            var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                throw new FormatException($"No answer, {bytes.Length} bytes.");
            }

            var head = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
            return new FuzzAnswer(int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture), head[1..], Encoding.UTF8.GetString(bytes, end + 4, bytes.Length - end - 4));
        }
    }
}
