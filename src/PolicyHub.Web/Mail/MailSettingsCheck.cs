using System.Net.Mail;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Mail;

/// <summary>What is wrong with the settings of e-mail: the setting's name under <c>Mail</c>, and what it must be.</summary>
internal static class MailSettingsCheck
{
    public static IEnumerable<(string Name, string Wrong)> Faults(MailOptions mail)
    {
        if (!mail.IsOn)
        {
            yield break;
        }

        if (mail.Port is < 1 or > 65_535)
        {
            yield return (nameof(mail.Port), "must be between 1 and 65535");
        }

        if (!MailAddress.TryCreate(mail.From, out _))
        {
            yield return (nameof(mail.From), "must be an e-mail address such as policyhub@riverton.example, as Mail:Host is set");
        }

        if (!Uri.TryCreate(mail.Site, UriKind.Absolute, out var site) || site.Scheme is not ("https" or "http"))
        {
            yield return (nameof(mail.Site), "must be the address of the site such as https://policies.riverton.example, as Mail:Host is set");
        }

        if (mail.CaFile is { Length: > 0 } certificates && !File.Exists(HubFolders.Absolute(certificates)))
        {
            yield return (nameof(mail.CaFile), "names a file that is not there");
        }

        if (string.IsNullOrEmpty(mail.User) != string.IsNullOrEmpty(mail.PasswordFile))
        {
            yield return (nameof(mail.PasswordFile), "goes with Mail:User: both are set, or neither");
        }

        if (mail is { TlsFromStart: true, Tls: false })
        {
            yield return (nameof(mail.TlsFromStart), "goes with Mail:Tls: that is false");
        }

        if (!string.IsNullOrEmpty(mail.User) && !mail.Tls)
        {
            yield return (nameof(mail.Tls), "must be true where Mail:User is set: a password would go over the network in the open");
        }
    }
}
