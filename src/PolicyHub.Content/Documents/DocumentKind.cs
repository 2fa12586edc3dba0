namespace PolicyHub.Content.Documents;

/// <summary>What a document is. In front matter and addresses: the name in lower case.</summary>
public enum DocumentKind
{
    Page,
    Policy,
    Practice,
    Charter,
    Process,
    Standard,
    Authority,
    Script,
    Form,
    Term,
    Mission,
    Desk,
    System,
    Notice,
}

public static class DocumentKinds
{
    private static readonly string[] Names = [.. Enum.GetNames<DocumentKind>().Select(name => name.ToLowerInvariant())];

    /// <summary>The names in front matter.</summary>
    public static IReadOnlyList<string> Slugs => Names;

    public static IReadOnlyList<DocumentKind> All { get; } = Enum.GetValues<DocumentKind>();

    /// <summary>The name in front matter and in addresses, such as <c>policy</c>.</summary>
    public static string Slug(this DocumentKind kind) => Names[(int)kind];

    public static bool TryParse(string? text, out DocumentKind kind)
    {
        kind = (DocumentKind)Math.Max(0, Array.IndexOf(Names, text));
        return text is not null && Array.IndexOf(Names, text) >= 0;
    }
}
