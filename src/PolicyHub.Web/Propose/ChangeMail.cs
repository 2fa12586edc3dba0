using PolicyHub.Content;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Approvals;
using PolicyHub.Records.People;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Mail;
using PolicyHub.Web.Pages.Propose;
using PolicyHub.Web.Pages.Read;
using PolicyHub.Web.Refresh;

namespace PolicyHub.Web.Propose;

/// <summary>
/// Tells people by e-mail what they also find under My work: whoever is asked for a yes, and the author of what became of a change. Nothing happens
/// where no mail server is set, for people without an address, and where it cannot be found out whom to tell: nobody waits for a mail.
/// </summary>
public sealed class ChangeMail(MailPost post, ApprovalBook approvals, ProposalBook book, PeopleBook people, CurrentEdition current, TimeProvider time, ILogger<ChangeMail> log)
{
    /// <summary>Those who can answer the steps that are open.</summary>
    /// <param name="but">Steps of which people have been told.</param>
    /// <param name="isAgain">Whether they are reminded.</param>
    public Task AskAsync(Proposal proposal, IReadOnlyCollection<Guid> but, bool isAgain, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return SoftlyAsync(async () =>
        {
            var tasks = (await approvals.OpenTasksAsync([proposal.Id], cancellation))[proposal.Id].Where(task => !but.Contains(task.Id)).ToList();
            var positions = tasks.SelectMany(task => task.Answerable).Distinct(StringComparer.Ordinal).ToList();
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), current.Value.Settings.Zone).DateTime);
            var held = (await approvals.HoldersAsync(positions, today, cancellation)).SelectMany(group => group);
            var others = (await approvals.DeputiesAsync(positions, today, cancellation)).Where(deputy => deputy.IsOn(today)).Select(deputy => deputy.PersonId)
                .Concat(tasks.Select(task => task.GivenTo).OfType<Guid>());
            foreach (var person in held.Concat(await FindAsync(others, cancellation)).DistinctBy(person => person.Id).Where(person => !proposal.Writers.Contains(person.Id.ToString("D"))))
            {
                await SendAsync(person, proposal, proposal.IsUrgent ? "mail.urgent" : isAgain ? "mail.reminded" : "mail.asked", cancellation);
            }
        });
    }

    /// <summary>Its author.</summary>
    /// <param name="news">What became of it: the key of the words.</param>
    public Task AuthorAsync(Proposal proposal, string news, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        return SoftlyAsync(async () =>
        {
            if (proposal.AuthorId is { } id && await people.FindAsync(id, cancellation) is { } author)
            {
                await SendAsync(author, proposal, news, cancellation);
            }
        });
    }

    /// <summary>Its author, and whoever owns a document of it: an urgent change was taken back.</summary>
    public async Task TakenBackAsync(Proposal proposal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        await AuthorAsync(proposal, "mail.taken-back", cancellation);
        await SoftlyAsync(async () =>
        {
            var edition = current.Value;
            var documents = (await book.PathsAsync([proposal.Id], cancellation))[proposal.Id].Distinct(StringComparer.Ordinal)
                .Select(path => LibraryPath.TryParse(path, out var parsed) ? edition.Find(parsed, Reader.Auditor) : null).OfType<EditionDocument>().ToList();
            var owners = documents.SelectMany(document => document.Document.Owners).Distinct(StringComparer.Ordinal).ToList();
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), edition.Settings.Zone).DateTime);
            var held = await approvals.HoldersAsync(owners, today, cancellation);
            foreach (var person in held.SelectMany(group => group).DistinctBy(person => person.Id).Where(person => person.Id != proposal.AuthorId))
            {
                // Theirs is the document; the change they may have had nothing to do with.
                var own = documents.First(document => document.Document.Owners.Any(owner => held[owner].Any(holder => holder.Id == person.Id)));
                await SendAsync(person, proposal, "mail.taken-back-owned", ReadLinks.Document(own), cancellation);
            }
        });
    }

    private async Task<IEnumerable<Person>> FindAsync(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var found = new List<Person>();
        foreach (var id in ids.Distinct())
        {
            if (await people.FindAsync(id, cancellation) is { } person)
            {
                found.Add(person);
            }
        }

        return found;
    }

    private Task SendAsync(Person person, Proposal proposal, string news, CancellationToken cancellation) => SendAsync(person, proposal, news, ChangeLinks.Of(proposal.Id), cancellation);

    private async Task SendAsync(Person person, Proposal proposal, string news, string link, CancellationToken cancellation)
    {
        if (person.Email is not { Length: > 0 } address)
        {
            return;
        }

        var words = current.Value.Settings.Words;
        var title = proposal.Note.Length > 0 ? proposal.Note : string.Join(", ", (await book.PathsAsync([proposal.Id], cancellation))[proposal.Id].Take(3));
        await post.SendAsync(
            new HubMail(
                person.Id,
                address,
                words.Format($"{news}.subject", title),
                $"{words.Format($"{news}.text", title, proposal.AuthorName)}\n\n{post.Link(link)}\n\n{words.Format("mail.foot", current.Value.Settings.Name)}\n"),
            cancellation);
    }

    private async Task SoftlyAsync(Func<Task> tell)
    {
        if (!post.IsOn)
        {
            return;
        }

        try
        {
            await tell();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            log.LogWarning(failure, "It could not be found out whom to tell of a change by e-mail.");
        }
    }
}
