using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.Mail;

/// <summary>TLS and login: what a mail server of a city asks for.</summary>
public sealed class MailTlsTests : IDisposable
{
    private const string Password = "correct horse, battery";

    private readonly TemporaryFolder folder = new();
    private readonly System.Security.Cryptography.X509Certificates.X509Certificate2 authority;
    private readonly System.Security.Cryptography.X509Certificates.X509Certificate2 certificate;

    public MailTlsTests()
    {
        (authority, certificate) = SmtpListener.MakeCertificates();
        folder.Write("authority.pem", authority.ExportCertificatePem());
        folder.Write("password", Password + "\n");
    }

    [Theory]
    [InlineData("PLAIN LOGIN")]
    [InlineData("LOGIN")]
    public async Task Send_WithTlsAndLogin_IsDeliveredAndNothingGoesInTheOpen(string logins)
    {
        await using var server = new SmtpListener { Certificate = certificate, Logins = logins, User = "hub", Password = Password };
        await using var city = await MailSite.StartAsync(Settings(server.Port));
        await city.SendAsync("priya@riverton.example", "For your approval");

        Assert.Contains("Subject: For your approval", await server.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(["EHLO [127.0.0.1]", "STARTTLS"], server.Heard.Where(said => said.IsOpen).Select(said => said.Line));
        Assert.Contains(server.Heard, said => !said.IsOpen && said.Line.StartsWith("AUTH " + logins.Split(' ')[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_WithTlsFromTheStart_IsDeliveredAndNothingGoesInTheOpen()
    {
        await using var server = new SmtpListener { Certificate = certificate, IsTlsFromStart = true, Logins = "PLAIN", User = "hub", Password = Password };
        await using var city = await MailSite.StartAsync([.. Settings(server.Port), ("PolicyHub:Mail:TlsFromStart", "true")]);
        await city.SendAsync("priya@riverton.example", "For your approval");

        Assert.Contains("Subject: For your approval", await server.NextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, said => said.IsOpen);
    }

    [Fact]
    public async Task Send_WrongPassword_IsSaidAndDeliveredOnceItIsRight()
    {
        await using var server = new SmtpListener { Certificate = certificate, Logins = "PLAIN LOGIN", User = "hub", Password = Password };
        folder.Write("password", "wrong");
        await using var city = await MailSite.StartAsync(Settings(server.Port));
        await city.SendAsync("priya@riverton.example", "For your approval");

        var health = await city.HealthAsync(said => said.Contains("\"mail\",\"status\":\"Degraded\"", StringComparison.Ordinal), TimeSpan.Zero);
        Assert.Contains("it refused the user and password (PolicyHub:Mail:User, PolicyHub:Mail:PasswordFile): 535 5.7.8 wrong user or password", health, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, said => said.Line.StartsWith("MAIL", StringComparison.Ordinal));
        folder.Write("password", Password);
        Assert.Contains("Subject: For your approval", await city.UntilAsync(server.NextAsync(), TimeSpan.FromSeconds(2)), StringComparison.Ordinal);
        await city.HealthAsync(said => said.Contains("\"mail\",\"status\":\"Healthy\"", StringComparison.Ordinal), TimeSpan.Zero);
    }

    [Theory]
    [InlineData("no TLS", "it offers no TLS (STARTTLS)")]
    [InlineData("not trusted", "its certificate is not trusted")]
    [InlineData("another name", "its certificate is not trusted, or it has none for that name")]
    [InlineData("put in", "before TLS began")]
    [InlineData("no login", "it takes no user and password")]
    public async Task Send_ServerThatIsNotToBeTrusted_GetsNoPasswordAndNoMail(string fault, string reason)
    {
        await using var server = new SmtpListener
        {
            Certificate = fault == "no TLS" ? null : certificate,
            Logins = fault == "no login" ? "" : "PLAIN LOGIN",
            PutIn = fault == "put in" ? "250 AUTH PLAIN" : "",
            User = "hub",
            Password = Password,
        };
        if (fault == "not trusted")
        {
            var (other, _) = SmtpListener.MakeCertificates();
            folder.Write("authority.pem", other.ExportCertificatePem());
        }

        await using var city = await MailSite.StartAsync([.. Settings(server.Port), ("PolicyHub:Mail:Host", fault == "another name" ? "localhost" : "127.0.0.1")]);
        await city.SendAsync("priya@riverton.example", "For your approval");

        Assert.Contains(reason, await city.HealthAsync(said => said.Contains("\"mail\",\"status\":\"Degraded\"", StringComparison.Ordinal), TimeSpan.Zero), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Heard, said => said.Line.StartsWith("AUTH", StringComparison.Ordinal) || said.Line.StartsWith("MAIL", StringComparison.Ordinal));
        Assert.Equal(0, server.Count);
    }

    public void Dispose()
    {
        folder.Dispose();
        authority.Dispose();
        certificate.Dispose();
    }

    private (string Key, string? Value)[] Settings(int port) =>
    [
        .. MailSite.Settings(port, tls: true),
        ("PolicyHub:Mail:CaFile", folder["authority.pem"]), ("PolicyHub:Mail:User", "hub"), ("PolicyHub:Mail:PasswordFile", folder["password"]),
    ];
}
