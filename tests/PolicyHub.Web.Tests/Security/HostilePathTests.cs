using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PolicyHub.Web.Tests.Security;

/// <summary>Addresses as an attacker writes them: sent byte for byte, as a client of good manners would tidy them up.</summary>
public sealed class HostilePathTests(SampleSite sample)
{
    public static TheoryData<string> Hostile =>
    [
        "/docs/../library.yml", "/docs/../../etc/passwd", "/docs/%2e%2e/%2e%2e/etc/passwd", "/docs/..%2f..%2fetc%2fpasswd",
        "/docs/..%5c..%5cetc", "/docs/..\\..\\etc", "/docs/policies%2flate-fees", "/docs/policies/late-fees%00", "/docs/%00", "/docs//policies//late-fees/",
        "/docs/%c0%ae%c0%ae/etc", "/docs/%ff%fe", "/docs/%", "/docs/%zz", "/docs/%u002e%u002e", "/docs/.git/config", "/docs/~", "/docs/policies/late-fees.md%20",
        "/docs/policies/late-fees/.", "/docs/con", "/docs/%E2%80%AE", "/docs/%F0%9F%98%80", "/docs/<script>alert(1)</script>", "/docs/%3Cscript%3Ealert(1)%3C/script%3E",
        "/files/../library.yml", "/files/%2e%2e%2flibrary.yml", "/files/..%5clibrary.yml", "/files/%00.png", "/files/forms/u-15.svg%00.png",
        "/files/.git/HEAD", "/files//etc/passwd", "/files/%2fetc%2fpasswd.png", "/files/policies/secret.md", "/files/forms/u-15.svg/", "/files/forms/u-15.svg::$DATA",
        "/theme/../theme.css", "/theme/theme.css?theme=../../civic", "/theme/logo?theme=%2e%2e%2fcivic", "/theme/theme.css?theme=/etc",
        "/id/%00", "/id/..%2f..", "/kind/%2e%2e", "/tag/%00%01", "/area/../..", "/area/%2e%2e", "/audience/%3Cb%3E", "/search/../docs/policies/secret",
        "/error/500", "/%2e%2e/%2e%2e", "//evil.example/", "/\\evil.example", "/%5cevil.example", "/docs/policies/secret", "/docs/POLICIES/secret",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Get_HostilePath_GivesNothingAwayAndLeadsNowhere(string path)
    {
        var (status, head, body) = await SendAsync(path);

        Assert.InRange(status, 200, 499);
        Assert.DoesNotContain("root:x:", body, StringComparison.Ordinal);
        Assert.DoesNotContain("zanzibar", body, StringComparison.Ordinal);
        Assert.DoesNotContain("timezone:", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", body, StringComparison.OrdinalIgnoreCase);
        var location = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Location:", StringComparison.OrdinalIgnoreCase));
        if (location is not null)
        {
            Assert.Matches("^Location: /[^/\\\\]", location);
        }
    }

    [Fact]
    public async Task Get_OverlongPath_IsRefused() =>
        Assert.Contains((await SendAsync("/docs/" + new string('a', 9000))).Status, new[] { 404, 414 });

    [Fact]
    public async Task Get_LongestPathThatIsRead_IsNotFound() =>
        Assert.Equal(404, (await SendAsync("/docs/" + string.Concat(Enumerable.Repeat("a/", 3500)))).Status);

    private async Task<(int Status, string Head, string Body)> SendAsync(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, sample.Site.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync();
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, "No answer.");
        return (int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), answer[..end], answer[end..]);
    }
}
