namespace PolicyHub.Content.Editions;

/// <summary>About how much memory editions take, by what was measured on real libraries; good enough to bound a cache.</summary>
internal static class EditionWeight
{
    /// <summary>A text, its document and its rendering, for a character of Markdown: UTF-16 twice, and the parts of each section.</summary>
    private const int BytesOfACharacter = 6;

    /// <summary>Words and postings of the index, for a character of Markdown.</summary>
    private const int IndexBytesOfACharacter = 2;

    /// <summary>What an edition holds of a document that it shares: its entry in each look-up.</summary>
    private const int BytesOfAnEntry = 600;

    /// <summary>In bytes; what is also in <paramref name="beside"/>, and what is in several, counts once or not at all.</summary>
    public static long Of(IReadOnlyList<Edition> editions, Edition beside)
    {
        var seen = new HashSet<object>(beside.All.Select(document => (object)document.Document), ReferenceEqualityComparer.Instance);
        var bytes = 0L;
        foreach (var edition in editions.Concat(editions.Select(edition => edition.ForPublicIfMade).OfType<Edition>()))
        {
            foreach (var document in edition.All)
            {
                var length = document.Length;
                bytes += BytesOfAnEntry + (edition.HasIndex ? IndexBytesOfACharacter * (long)length : 0);
                if (seen.Add(document.Document))
                {
                    bytes += BytesOfACharacter * (long)length;
                }
            }
        }

        return bytes;
    }
}
