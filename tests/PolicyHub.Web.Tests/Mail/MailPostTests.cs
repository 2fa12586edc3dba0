using Microsoft.Extensions.Logging.Abstractions;
using PolicyHub.Testing;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Mail;

namespace PolicyHub.Web.Tests.Mail;

public sealed class MailPostTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Send_AMail_IsDeliveredAsItIs()
    {
        await using var server = new SmtpListener();
        using var post = Post(server, TimeProvider.System);
        await post.StartAsync(CancellationToken.None);
        post.Send(new HubMail("priya@riverton.example", "A change waits\r\nBcc: everybody@riverton.example", "Late fees\n\nhttps://x.example/changes/1\n.\nend"));
        var mail = await server.NextAsync();
        await post.StopAsync(CancellationToken.None);

        Assert.Contains("MAIL FROM:<hub@riverton.example>", mail, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<priya@riverton.example>", mail, StringComparison.Ordinal);
        Assert.Contains("Subject: A change waits  Bcc: everybody@riverton.example", mail, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("RCPT TO:<everybody", mail, StringComparison.Ordinal);
        Assert.Contains("https://x.example/changes/1", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerSaysNotNow_IsTriedAgainAndTheNextGoesToo()
    {
        var clock = new TestClock(Now);
        await using var server = new SmtpListener(refusals: 1);
        using var post = Post(server, clock);
        await post.StartAsync(CancellationToken.None);
        post.Send(new HubMail("a@riverton.example", "first", "x"));
        post.Send(new HubMail("b@riverton.example", "second", "x"));
        var first = server.NextAsync();
        while (!first.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAny(first, Task.Delay(20));
        }

        Assert.Contains("Subject: first", await first, StringComparison.Ordinal);
        Assert.Contains("Subject: second", await server.NextAsync(), StringComparison.Ordinal);
        await post.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Send_AddressThatIsNone_IsGivenUpAndTheNextGoes()
    {
        await using var server = new SmtpListener();
        using var post = Post(server, TimeProvider.System);
        await post.StartAsync(CancellationToken.None);
        post.Send(new HubMail("no address", "first", "x"));
        post.Send(new HubMail("b@riverton.example", "second", "x"));

        Assert.Contains("Subject: second", await server.NextAsync(), StringComparison.Ordinal);
        await post.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void Send_NoServerSet_DoesNothing()
    {
        using var post = new MailPost(new MailOptions(), TimeProvider.System, NullLogger<MailPost>.Instance);
        for (var count = 0; count < 2000; count++)
        {
            post.Send(new HubMail("a@riverton.example", "x", "x"));
        }

        Assert.False(post.IsOn);
    }

    [Theory]
    [InlineData("Mail:From", "hub@riverton.example", "")]
    [InlineData("Mail:From", "nobody", "PolicyHub:Mail:From")]
    [InlineData("Mail:Site", "riverton", "PolicyHub:Mail:Site")]
    [InlineData("Mail:Port", "0", "PolicyHub:Mail:Port")]
    [InlineData("Mail:User", "hub", "PolicyHub:Mail:PasswordFile")]
    public void Build_WrongSetting_IsNamed(string name, string value, string fault)
    {
        var settings = new Dictionary<string, string?>
        {
            ["PolicyHub:Mail:Host"] = "127.0.0.1",
            ["PolicyHub:Mail:From"] = "hub@riverton.example",
            ["PolicyHub:Mail:Site"] = "https://x.example",
            ["PolicyHub:" + name] = value,
        };
        var refused = Record.Exception(() => HubApp.ReadOptions(settings));

        Assert.Equal(fault.Length > 0, refused is StartRefusedException);
        Assert.Contains(fault, refused?.Message ?? "", StringComparison.Ordinal);
    }

    private static MailPost Post(SmtpListener server, TimeProvider time) => new(
        new MailOptions { Host = "127.0.0.1", Port = server.Port, Tls = false, From = "hub@riverton.example", Site = "https://x.example" }, time, NullLogger<MailPost>.Instance);
}
