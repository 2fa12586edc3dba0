using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
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
    private const int Most = 2000;

    /// <summary>Sets of rights whose parts are kept beside those of staff with no group; what more there are is written anew each time.</summary>
    private const int MostReaders = 8;

    private readonly ConditionalWeakTable<Edition, ConcurrentDictionary<string, ConcurrentDictionary<string, Fragment>>> editions = [];

    /// <param name="reader">What one may see is never copied for another who may not.</param>
    /// <param name="key">Names the part and all that it depends on beside the edition and the reader's rights.</param>
    public async ValueTask<IHtmlContent> OnceAsync(Edition edition, Reader reader, string key, Func<Task<IHtmlContent>> write)
    {
        var readers = editions.GetOrCreateValue(edition);
        if (!readers.TryGetValue(reader.Key, out var known))
        {
            if (readers.Count > MostReaders && reader.Key.Length > 0)
            {
                return await write();
            }

            known = readers.GetOrAdd(reader.Key, _ => []);
        }

        if (known.TryGetValue(key, out var fragment))
        {
            return fragment;
        }

        await using var text = new StringWriter();
        (await write()).WriteTo(text, encoder);
        fragment = new Fragment(text.ToString());
        if (known.Count < Most)
        {
            known.TryAdd(key, fragment);
        }

        return fragment;
    }

    /// <summary>Text that a page has written with everything in it encoded.</summary>
    private sealed class Fragment(string html) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(html);
    }
}
