using PolicyHub.Records.Mails;

namespace PolicyHub.Web.Mail;

/// <summary>
/// Takes e-mail to be sent behind what people do: <see cref="SendAsync"/> puts it among the records and returns; <see cref="MailRound"/> delivers it, here or in another process.
/// </summary>
public sealed class MailPost(MailOptions options, MailBook book, MailRoundSignal signal, ILogger<MailPost> log)
{
    public bool IsOn => options.IsOn;

    /// <summary>An address of ours as it stands in a mail.</summary>
    public string Link(string path) => options.Site is { Length: > 0 } site ? site.TrimEnd('/') + path : path;

    /// <summary>Takes a mail to be sent; when this returns it is on disk. Nothing happens where no server is set.</summary>
    /// <exception cref="System.Data.Common.DbException">It could not be written.</exception>
    public async Task SendAsync(HubMail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (!IsOn)
        {
            return;
        }

        if (await book.AddAsync(mail.PersonId, mail.To, mail.Subject, mail.Text, cancellation))
        {
            signal.Set();
        }
        else
        {
            log.LogWarning("An e-mail was let go: its address is too long, or {Count} wait for the server {Host}.", MailBook.MostWaiting, options.Host);
        }
    }
}
