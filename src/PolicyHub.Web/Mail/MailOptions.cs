namespace PolicyHub.Web.Mail;

/// <summary>Section <c>PolicyHub:Mail</c>: the server that takes e-mail for the city's people.</summary>
public sealed class MailOptions
{
    /// <summary>The name or address of the server. Empty: no e-mail is sent, and people are told in the site alone.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Whether the connection turns to TLS (STARTTLS) before anything is said. Without it no password is sent.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>Whether TLS begins with the first byte, as on port 465, and not with STARTTLS.</summary>
    public bool TlsFromStart { get; set; }

    /// <summary>The address that it comes from.</summary>
    public string? From { get; set; }

    /// <summary>The site as people reach it, such as <c>https://policies.riverton.example</c>: what links in mails begin with.</summary>
    public string? Site { get; set; }

    /// <summary>Whom the server knows us as. Empty: it asks for nothing.</summary>
    public string? User { get; set; }

    /// <summary>A file that holds the password, and nothing else; read for each mail, so that it can be changed while the site runs.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>A file of certificates (PEM) to trust for the server, in the place of the system's.</summary>
    public string? CaFile { get; set; }

    internal bool IsOn => !string.IsNullOrWhiteSpace(Host);
}
