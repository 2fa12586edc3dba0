namespace PolicyHub.Content.Search;

/// <summary>Makes postings from analysed documents, and makes those of the next index from the last by the documents that changed.</summary>
internal static class PostingsBuilder
{
    /// <summary>The postings of every word, from the documents by slot; empty slots are null.</summary>
    public static Postings[] Build(AnalysedDocument?[] documents, int words)
    {
        var (documentStarts, sectionStarts) = Count(documents, words);
        var raw = new Raw(new int[documentStarts[words]], new uint[documentStarts[words]], new int[documentStarts[words] + 1], new uint[sectionStarts[words]]);
        Fill(documents, raw, (int[])documentStarts.Clone(), sectionStarts);
        raw.SectionStarts[^1] = raw.Sections.Length;

        var block = Pack(raw);
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
    /// <param name="removed">The documents that left, by slot.</param>
    /// <param name="added">The documents that came, by slot; a slot may be in both.</param>
    /// <returns>The postings, and how many entries of older blocks nothing points to any more.</returns>
    public static (Postings[] Postings, int Unused) Change(
        Postings[] before, SortedDictionary<int, AnalysedDocument> removed, SortedDictionary<int, AnalysedDocument> added, int words)
    {
        var after = new Postings[words];
        before.CopyTo(after, 0);
        var documents = new AnalysedDocument?[added.Count == 0 ? 0 : added.Keys.Max() + 1];
        foreach (var (slot, document) in added)
        {
            documents[slot] = document;
        }

        var fresh = Build(documents, words);
        var changed = new HashSet<int>();
        foreach (var document in removed.Values.Concat(added.Values))
        {
            changed.UnionWith(document.Words);
        }

        var writer = new PostingsWriter(changed.Sum(word => after[word].Count + fresh[word].Count));
        var starts = new List<(int Word, int Start)>(changed.Count);
        var unused = 0;
        int[] slots = [.. removed.Keys];
        foreach (var word in changed)
        {
            unused += after[word].Count;
            starts.Add((word, writer.Count));
            writer.Write(after[word], fresh[word], slots);
        }

        var block = writer.ToBlock();
        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1].Start : writer.Count;
            after[starts[i].Word] = new Postings(block, starts[i].Start, end - starts[i].Start);
        }

        return (after, unused);
    }

    /// <summary>Postings as they are counted: for each document its counts and where its sections start.</summary>
    private sealed record Raw(int[] Documents, uint[] Counts, int[] SectionStarts, uint[] Sections);

    private static PostingsBlock Pack(Raw raw)
    {
        var details = new List<uint>(raw.Sections.Length);
        for (var i = 0; i < raw.Documents.Length; i++)
        {
            var sections = raw.Sections.AsSpan(raw.SectionStarts[i]..raw.SectionStarts[i + 1]);
            if (sections.Length == 1 && raw.Counts[i] < Frequencies.BodyOnly && SectionEntry.IsTextOnly(sections[0]))
            {
                raw.Counts[i] = PostingEntry.Simple(sections[0]);
                continue;
            }

            var at = details.Count;
            details.Add(raw.Counts[i]);
            details.Add((uint)sections.Length);
            details.AddRange(sections);
            raw.Counts[i] = PostingEntry.PointTo(at);
        }

        return new PostingsBlock(raw.Documents, raw.Counts, [.. details]);
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
    private static void Fill(AnalysedDocument?[] documents, Raw block, int[] document, int[] section)
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
