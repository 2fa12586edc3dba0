using System.Collections.Immutable;
using PolicyHub.Records.Notices;

namespace PolicyHub.Web.Notices;

/// <summary>The notices that leads have posted and that run, as this process last saw them: a page costs no query.</summary>
public sealed class PostedNotices
{
    private ImmutableArray<PostedNotice> running = [];

    /// <summary>The latest first; which of them have ended since is for the reader's clock to say.</summary>
    public ImmutableArray<PostedNotice> Running => running;

    internal void Set(ImmutableArray<PostedNotice> notices) => running = notices;
}
