namespace PolicyHub.Content.Search;

/// <summary>Makes postings from analysed documents, and makes those of the next index from the last by the documents that changed.</summary>
internal static class PostingsBuilder
{
    /// <summary>The postings of every word, from the documents by slot; empty slots are null.</summary>
    public static Postings[] Build(AnalysedDocument?[] documents, int words)
    {
        var (documentStarts, sectionStarts) = Count(documents, words);
        var block = new PostingsBlock(
            new int[documentStarts[words]], new uint[documentStarts[words]],
            new int[documentStarts[words] + 1], new uint[sectionStarts[words]]);
        Fill(documents, block, (int[])documentStarts.Clone(), sectionStarts);
        block.SectionStarts[^1] = block.Sections.Length;

        var postings = new Postings[words];
        for (var word = 0; word < words; word++)
        {
            postings[word] = new Postings(block, documentStarts[word], documentStarts[word + 1] - documentStarts[word]);
        }

        return postings;
    }

    /// <summary>
    /// The postings after a change: those of words in documents that left or came are written anew into one block,
    /// all others stay where they are.
    /// </summary>
    /// <returns>The postings, and how many entries of older blocks nothing points to any more.</returns>
    public static (Postings[] Postings, int Unused) Change(
        Postings[] before, AnalysedDocument?[] removed, AnalysedDocument?[] added, int words)
    {
        var after = before;
        Array.Resize(ref after, words);
        after = ReferenceEquals(after, before) ? (Postings[])before.Clone() : after;
        var fresh = Build(added, words);
        var changed = new HashSet<int>();
        foreach (var document in removed.Concat(added))
        {
            changed.UnionWith(document?.Words ?? []);
        }

        var most = changed.Sum(word => after[word].Count + fresh[word].Count);
        var (documents, counts, starts, sections) = (new int[most], new uint[most], new int[most + 1], new List<uint>(2 * most));
        var (next, unused) = (0, 0);
        foreach (var word in changed)
        {
            var (first, old, new_) = (next, after[word], fresh[word]);
            unused += old.Count;
            for (int i = 0, j = 0; i < old.Count || j < new_.Count;)
            {
                var takesOld = j == new_.Count || (i < old.Count && old.Documents[i] <= new_.Documents[j]);
                var (source, at) = takesOld ? (old, i++) : (new_, j++);
                var slot = source.Documents[at];
                if (takesOld && removed[slot] is not null)
                {
                    continue;
                }

                (documents[next], counts[next], starts[next]) = (slot, source.Counts[at], sections.Count);
                sections.AddRange(source.Sections(at));
                next++;
            }

            starts[next] = sections.Count;
            after[word] = new Postings(null!, first, next - first);
        }

        var block = new PostingsBlock(documents, counts, starts, [.. sections]);
        var position = 0;
        foreach (var word in changed)
        {
            after[word] = new Postings(block, position, after[word].Count);
            position += after[word].Count;
        }

        return (after, unused);
    }

    private static (int[] Documents, int[] Sections) Count(AnalysedDocument?[] documents, int words)
    {
        var (inDocuments, inSections) = (new int[words + 1], new int[words + 1]);
        var (lastDocument, lastSection) = (new int[words], new int[words]);
        lastDocument.AsSpan().Fill(-1);
        var sectionNumber = 0;
        for (var slot = 0; slot < documents.Length; slot++)
        {
            var section = -1;
            foreach (var run in documents[slot]?.Runs ?? [])
            {
                if (run.Section != section)
                {
                    section = run.Section;
                    sectionNumber++;
                }

                foreach (var word in documents[slot]!.WordsOf(run))
                {
                    if (lastDocument[word] != slot)
                    {
                        lastDocument[word] = slot;
                        inDocuments[word]++;
                    }

                    if (section >= 0 && lastSection[word] != sectionNumber)
                    {
                        lastSection[word] = sectionNumber;
                        inSections[word]++;
                    }
                }
            }

            sectionNumber++;
        }

        return (ToStarts(inDocuments), ToStarts(inSections));
    }

    private static int[] ToStarts(int[] counts)
    {
        var sum = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            (counts[i], sum) = (sum, sum + counts[i]);
        }

        return counts;
    }

    /// <param name="document">Where the next document of each word goes; ends where the next word's start.</param>
    /// <param name="section">The same for sections.</param>
    private static void Fill(AnalysedDocument?[] documents, PostingsBlock block, int[] document, int[] section)
    {
        var last = new int[document.Length];
        last.AsSpan().Fill(-1);
        var lastSection = new int[document.Length];
        lastSection.AsSpan().Fill(-1);
        for (var slot = 0; slot < documents.Length; slot++)
        {
            foreach (var run in documents[slot]?.Runs ?? [])
            {
                foreach (var word in documents[slot]!.WordsOf(run))
                {
                    if (last[word] != slot)
                    {
                        last[word] = slot;
                        lastSection[word] = -1;
                        block.Documents[document[word]] = slot;
                        block.SectionStarts[document[word]] = section[word];
                        document[word]++;
                    }

                    Frequencies.Increment(ref block.Counts[document[word] - 1], run.Field);
                    if (run.Section < 0)
                    {
                        continue;
                    }

                    if (lastSection[word] != run.Section)
                    {
                        lastSection[word] = run.Section;
                        block.Sections[section[word]++] = SectionEntry.New(run.Section);
                    }

                    SectionEntry.Increment(ref block.Sections[section[word] - 1], run.Field);
                }
            }
        }
    }
}
