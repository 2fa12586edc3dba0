using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using PolicyHub.Content;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.Pages;

/// <summary>
/// Parts of pages that an edition settles: written by the first page that needs them, then copied until the next edition. What
/// depends on the minute, the question or the person is never in one.
/// </summary>
public sealed class Fragments(HtmlEncoder encoder)
{
    /// <summary>Per edition and set of rights; a library with more pages than this writes the rest anew each time.</summary>
    private const int Most = 1000;

    /// <summary>Sets of rights whose parts are kept beside those of staff with no group; what more there are is written anew each time.</summary>
    private const int MostReaders = 8;

    private readonly ConditionalWeakTable<Edition, ConcurrentDictionary<string, ConcurrentDictionary<string, PageParts>>> editions = [];

    /// <summary>The parts of one page, found once for all of them.</summary>
    /// <param name="reader">What one may see is never copied for another who may not.</param>
    /// <param name="page">Names the page and all that its parts depend on beside the edition and the reader's rights.</param>
    public PageParts Of(Edition edition, Reader reader, string page)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var readers = editions.GetOrCreateValue(edition);
        if (!readers.TryGetValue(reader.Key, out var known))
        {
            if (readers.Count > MostReaders && reader.Key.Length > 0)
            {
                return PageParts.Fresh;
            }

            known = readers.GetOrAdd(reader.Key, _ => []);
        }

        return known.TryGetValue(page, out var parts) ? parts
            : known.Count < Most ? known.GetOrAdd(page, _ => new PageParts(encoder))
            : PageParts.Fresh;
    }
}

/// <summary>Parts of one page, each by the name of the partial page that writes it.</summary>
/// <param name="encoder">Null: nothing is kept.</param>
public sealed class PageParts(HtmlEncoder? encoder)
{
    /// <summary>Parts that are written anew each time.</summary>
    public static readonly PageParts Fresh = new(null);

    // Few, and their names are literals: looking through them is quicker than any hash.
    private volatile Part[] parts = [];
    private readonly Lock writing = new();

    /// <summary>What a partial page writes; from the second time on, as it wrote it the first time.</summary>
    public ValueTask<IHtmlContent> OnceAsync(IHtmlHelper html, string partial, object? model = null)
    {
        foreach (var part in parts)
        {
            if (part.Name == partial)
            {
                return new(part);
            }
        }

        return WriteAsync(html, partial, model);
    }

    private async ValueTask<IHtmlContent> WriteAsync(IHtmlHelper html, string partial, object? model)
    {
        var written = await html.PartialAsync(partial, model);
        if (encoder is null)
        {
            return written;
        }

        await using var text = new StringWriter();
        written.WriteTo(text, encoder);
        var made = new Part(partial, text.ToString());
        lock (writing)
        {
            parts = [.. parts.Where(part => part.Name != partial), made];
        }

        return made;
    }

    /// <summary>Text that a page has written with everything in it encoded.</summary>
    private sealed class Part(string name, string html) : IHtmlContent
    {
        public string Name => name;

        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(html);
    }
}
