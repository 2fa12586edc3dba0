namespace PolicyHub.Content.Git;

/// <summary>Where a remote library lives: https, ssh or file. Everything else is refused before git sees it.</summary>
/// <param name="Url">As git takes it.</param>
/// <param name="Protocol">As git names it: <c>https</c>, <c>ssh</c> or <c>file</c>.</param>
/// <param name="Origin">Scheme, host and port of an https remote, to which alone a token is given; null for others.</param>
public sealed record RemoteAddress(string Url, string Protocol, string? Origin)
{
    /// <summary>Whether a text names a remote rather than something on this machine's disk.</summary>
    public static bool Looks(string text) => text.Contains("://", StringComparison.Ordinal) || IsScpLike(text);

    /// <exception cref="GitException">It is no address that PolicyHub follows; the message says which are.</exception>
    public static RemoteAddress Parse(string text)
    {
        if (text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)))
        {
            throw new GitException("The address of the library holds a space or a control character; write a space as %20.");
        }

        if (!text.Contains("://", StringComparison.Ordinal) && IsScpLike(text))
        {
            return new RemoteAddress(text, "ssh", null);
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw new GitException($"“{text}” is not an address; use https://…, ssh://…, git@host:path or file:///….");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal) || (uri.Scheme == "https" && uri.UserInfo.Length > 0))
        {
            // The text itself is left out: it holds the secret.
            throw new GitException($"The address of the library at {uri.Host} holds a name or password; give the token by file or variable instead.");
        }

        return uri.Scheme switch
        {
            "https" when uri.Host.Length > 0 => new RemoteAddress(text, "https", uri.GetLeftPart(UriPartial.Authority)),
            "ssh" when uri.Host.Length > 0 && !uri.Host.StartsWith('-') && !uri.UserInfo.StartsWith('-') => new RemoteAddress(text, "ssh", null),
            "file" when uri.Host.Length == 0 => new RemoteAddress(text, "file", null),
            _ => throw new GitException($"PolicyHub does not follow {uri.Scheme}:// addresses; use https://…, ssh://… or file:///…."),
        };
    }

    /// <summary>A bundle: a file that git reads as if it were a remote.</summary>
    public static RemoteAddress OfBundle(string fullPath) => new(fullPath, "file", null);

    /// <summary><c>user@host:path</c>, which git takes as ssh.</summary>
    private static bool IsScpLike(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && colon > at + 1 && colon < text.Length - 1
            && IsPlain(text.AsSpan(0, at)) && IsPlain(text.AsSpan(at + 1, colon - at - 1));

        static bool IsPlain(ReadOnlySpan<char> part)
        {
            foreach (var letter in part)
            {
                if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-' or '_'))
                {
                    return false;
                }
            }

            return part[0] != '-';
        }
    }
}
