using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Search;

/// <summary>The texts that the front matter of a kind adds to its page, so that what is shown can be found.</summary>
internal static class DetailTexts
{
    public static IEnumerable<(Field Field, string? Text)> Of(KindDetails? details) => details switch
    {
        TermDetails term => [(Field.AlsoKnownAs, term.Plain), .. term.InsteadOf.Select(word => (Field.AlsoKnownAs, (string?)word))],
        DeskDetails desk => OfDesk(desk),
        CharterDetails charter => charter.Promises.SelectMany(promise => Details(promise.Text, promise.Within, promise.Measure, promise.Target, promise.IfMissed)),
        ProcessDetails process => process.Steps.SelectMany(step => Details([step.Name, .. Lines(step.Do), .. Lines(step.Say)])),
        StandardDetails standard => Details([.. Lines(standard.Basic), .. Lines(standard.Exceptional)]),
        AuthorityDetails authority => authority.Limits.SelectMany(limit => Details(limit.Role, limit.May, limit.UpTo, limit.Per, limit.AboveIt)),
        SystemDetails system => Details(system.For, system.AccessBy, system.WhenDown),
        NoticeDetails notice => Details(notice.Say, notice.DoNotPromise),
        _ => [],
    };

    private static IEnumerable<(Field Field, string? Text)> OfDesk(DeskDetails desk) =>
    [
        .. desk.Handles.Select(topic => (Field.AlsoKnownAs, (string?)topic)),
        .. Details(desk.Phone, desk.Extension, desk.Email, desk.Transfer, desk.Address, desk.AfterHours),
        .. desk.NotOurs.SelectMany(other => Details(other.Topic, other.Who, other.Phone)),
    ];

    private static IEnumerable<string> Lines(IEnumerable<ChannelLines> channels) => channels.SelectMany(channel => channel.Lines);

    private static IEnumerable<(Field Field, string? Text)> Details(params IEnumerable<string?> texts) =>
        texts.Select(text => (Field.Details, text));
}
