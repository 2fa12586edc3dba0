using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PolicyHub.Records.Audit;
using PolicyHub.Records.Mails;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.Mail;

/// <summary>What goes to a mail server, and what becomes of it when the server does not take it.</summary>
public sealed class MailPostTests
{
    [Fact]
    public async Task Send_AMail_IsDeliveredAsItIs()
    {
        await using var server = new SmtpListener();
        await using var city = await MailSite.StartAsync(MailSite.Settings(server.Port));
        await city.SendAsync("priya@riverton.example", "A change waits\r\nBcc: everybody@riverton.example", "Late fees\n\nhttps://x.example/changes/1\n.\nend");
        var mail = await server.NextAsync();

        Assert.Contains("MAIL FROM:<hub@riverton.example>", mail, StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<priya@riverton.example>", mail, StringComparison.Ordinal);
        Assert.Contains("To: <priya@riverton.example>", mail, StringComparison.Ordinal);
        Assert.Contains("Subject: A change waits  Bcc: everybody@riverton.example", mail, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("RCPT TO:<everybody", mail, StringComparison.Ordinal);
        Assert.EndsWith("\n\nLate fees\n\nhttps://x.example/changes/1\n..\nend\n", mail.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        await UntilNoneWaitsAsync(city);
    }

    [Fact]
    public async Task Send_LettersOfAnyLanguage_ArriveAsTheyWere()
    {
        const string subject = "Přijďte na náměstí: čtrnáct dní, 北京市, the fee is 40 €, and so on for longer than one line of a mail can be";
        var text = "Ő\n" + new string('ű', 2000) + "\n.\nend";
        await using var server = new SmtpListener();
        await using var city = await MailSite.StartAsync([.. MailSite.Settings(server.Port), ("PolicyHub:Mail:From", "Město Říčany <hub@riverton.example>")]);
        await city.SendAsync("priya@riverton.example", subject, text);
        var mail = (await server.NextAsync()).ReplaceLineEndings("\n");
        var head = mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)];

        Assert.All(mail.Split('\n'), line => Assert.InRange(line.Length, 0, 78));
        Assert.All(mail, letter => Assert.True(letter < 128));
        Assert.Equal(subject, Words(head[(head.IndexOf("Subject: ", StringComparison.Ordinal) + 9)..head.IndexOf("\nMessage-ID", StringComparison.Ordinal)]));
        Assert.Equal("Město Říčany", Words(head[(head.IndexOf("From: ", StringComparison.Ordinal) + 6)..head.IndexOf(" <hub@riverton.example>\n", StringComparison.Ordinal)]));
        Assert.Equal(text, Encoding.UTF8.GetString(Convert.FromBase64String(mail[(head.Length + 2)..])).ReplaceLineEndings("\n"));

        static string Words(string encoded) =>
            string.Concat(encoded.Split("\n ").Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2]))));
    }

    [Fact]
    public async Task Send_ServerSaysNotNow_IsTriedAgainAndTheNextGoesFirst()
    {
        await using var server = new SmtpListener(refusals: 1);
        await using var city = await MailSite.StartAsync(MailSite.Settings(server.Port));
        await city.SendAsync("a@riverton.example", "first");
        await city.SendAsync("b@riverton.example", "second");

        Assert.Contains("Subject: second", await server.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("Subject: first", await city.UntilAsync(server.NextAsync(), TimeSpan.FromSeconds(2)), StringComparison.Ordinal);
        await UntilNoneWaitsAsync(city);
    }

    [Theory]
    [InlineData("no address", "")]
    [InlineData("a@riverton.example> SIZE=1", "")]
    [InlineData("gone@riverton.example", "550 5.1.1 <gone@riverton.example> is nobody here")]
    public async Task Send_ToNobody_IsGivenUpAtOnceAndToldWithoutWhom(string address, string reply)
    {
        await using var server = new SmtpListener { RecipientReply = reply };
        await using var city = await MailSite.StartAsync(MailSite.Settings(server.Port));
        await city.SendAsync(address, "first");
        await UntilNoneWaitsAsync(city);

        await using var db = await Records(city).CreateDbContextAsync();
        var told = await db.Set<AuditEntry>().SingleAsync(entry => entry.What == "mail-given-up");
        Assert.Equal("problem", told.Kind);
        Assert.Contains(reply.Length == 0 ? "no address" : "it answered 550 5.1.1", told.Details, StringComparison.Ordinal);
        Assert.DoesNotContain("riverton", told.Details, StringComparison.Ordinal);
        Assert.Equal(0, server.Count);
    }

    [Fact]
    public async Task Send_NoServerSet_DoesNothing()
    {
        await using var city = await MailSite.StartAsync();
        await city.SendAsync("a@riverton.example", "x");

        await using var db = await Records(city).CreateDbContextAsync();
        Assert.Empty(await db.Set<WaitingMail>().ToListAsync());
    }

    [Theory]
    [InlineData("Mail:From", "hub@riverton.example", "")]
    [InlineData("Mail:From", "nobody", "PolicyHub:Mail:From")]
    [InlineData("Mail:Site", "riverton", "PolicyHub:Mail:Site")]
    [InlineData("Mail:Port", "0", "PolicyHub:Mail:Port")]
    [InlineData("Mail:User", "hub", "PolicyHub:Mail:PasswordFile")]
    [InlineData("Mail:CaFile", "nowhere.pem", "PolicyHub:Mail:CaFile")]
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

    [Fact]
    public void Build_PasswordWithoutTls_IsRefused()
    {
        var refused = Assert.Throws<StartRefusedException>(() => HubApp.ReadOptions(new Dictionary<string, string?>
        {
            ["PolicyHub:Mail:Host"] = "127.0.0.1",
            ["PolicyHub:Mail:From"] = "hub@riverton.example",
            ["PolicyHub:Mail:Site"] = "https://x.example",
            ["PolicyHub:Mail:User"] = "hub",
            ["PolicyHub:Mail:PasswordFile"] = "password",
            ["PolicyHub:Mail:Tls"] = "false",
        }));

        Assert.Contains("PolicyHub:Mail:Tls", refused.Message, StringComparison.Ordinal);
    }

    private static IDbContextFactory<RecordsDb> Records(MailSite city) => city.Site.Services.GetRequiredService<IDbContextFactory<RecordsDb>>();

    private static async Task UntilNoneWaitsAsync(MailSite city)
    {
        for (var looked = 0; looked < 1000; looked++)
        {
            await using var db = await Records(city).CreateDbContextAsync();
            if (!await db.Set<WaitingMail>().AnyAsync())
            {
                return;
            }

            await Task.Delay(20);
        }

        Assert.Fail("A mail still waits.");
    }
}
