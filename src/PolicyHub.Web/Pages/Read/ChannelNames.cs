namespace PolicyHub.Web.Pages.Read;

/// <summary>Channels as people call them.</summary>
public static class ChannelNames
{
    /// <summary>The word for a channel that PolicyHub knows (<c>channel.…</c>), else the channel as written.</summary>
    public static string Of(string channel, Visit visit)
    {
        var key = "channel." + channel.ToLowerInvariant();
        return visit.Words.Keys.Contains(key) ? visit[key] : channel;
    }
}
