namespace PolicyHub.Content.Search;

/// <summary>
/// The best documents are looked at once more by their names: how far do the query and the title, a name that callers have for it, or
/// a heading cover each other? BM25F does not ask how much of a title was not asked for; this does. A title, heading or id
/// that is the query goes before all that is not.
/// </summary>
internal sealed class SecondLook(Ranking ranking)
{
    private const float ExactId = 30;
    private const float ExactTitle = 20;
    private const float ExactKnownAs = 15;
    private const float ExactHeading = 10;

    /// <summary>A term is a wording, not a place to go: what callers call by that name goes before it.</summary>
    private const float ExactTerm = 5;

    private int[] words = [];

    /// <summary>What its names add to the score of a document, and to those of its sections.</summary>
    /// <param name="places">Where in the stream of the document words of the query may start, ascending.</param>
    /// <param name="sections">The scores of the sections; raised where a heading is met.</param>
    public float Look(AnalysedDocument document, ReadOnlySpan<int> places, MatchMap map, QueryPlan plan, string id, bool isTerm, Span<float> sections)
    {
        var (title, known, heading, exact, near) = (0f, 0f, 0f, 0f, 0f);
        var best = sections.IndexOf(SectionLevel.MostOf(sections));
        if (id.Length > 0 && document.Id.Equals(id, StringComparison.Ordinal))
        {
            exact = ExactId;
        }

        var next = 0;
        foreach (var run in document.Runs)
        {
            var first = next;
            while (next < places.Length && places[next] < run.End)
            {
                next++;
            }

            if (first == next)
            {
                continue;
            }

            if (ranking.NearLook > 0 && next > first + 1 && (run.Field == Field.Title || run.Section == best))
            {
                near = Math.Max(near, map.LookForNeighbours(document.Units, places[first..next]));
            }

            if (run.Field is not (Field.Title or Field.AlsoKnownAs or Field.Heading))
            {
                continue;
            }

            var cover = map.Look(document.Read(run, ref words));
            switch (run.Field)
            {
                case Field.Title:
                    title = Math.Max(title, cover.Both);
                    exact = Math.Max(exact, !cover.IsExact ? 0 : isTerm ? ExactTerm : ExactTitle);
                    break;
                case Field.AlsoKnownAs:
                    known = Math.Max(known, cover.Both);
                    exact = Math.Max(exact, !cover.IsExact ? 0 : isTerm ? ExactTerm : ExactKnownAs);
                    break;
                default:
                    heading = Math.Max(heading, cover.Both);
                    exact = Math.Max(exact, cover.IsExact ? ExactHeading : 0);
                    sections[run.Section] += plan.Importance * ((cover.Both * ranking.HeadingLook) + (cover.IsExact ? ExactHeading : 0));
                    break;
            }
        }

        return plan.Importance * ((ranking.TitleLook * title) + (ranking.KnownAsLook * known) + (ranking.HeadingLook * heading) + (ranking.NearLook * near) + exact);
    }
}
