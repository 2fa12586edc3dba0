using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Rendering;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.Propose;

/// <summary>What is said of a text while it is written: what the rules of <c>policyhub check</c> find in it, how hard it reads, which words have plainer ones, who leads to it.</summary>
internal static class WritingChecks
{
    private const int MostOfOne = 5;

    /// <summary>A school year; plain language aims below it.</summary>
    private const double HardGrade = 9;

    private static readonly ConditionalWeakTable<Edition, Kept> Known = [];

    /// <summary>Lines, those that keep it from being sent first.</summary>
    public static ImmutableArray<WritingCheck> Of(Writing writing, Visit visit)
    {
        var edition = visit.Today;
        var kept = Known.GetValue(edition, one => new Kept(new ProposedCheck(one), new PlainWords(one), new DocumentRenderer(one.Settings.Words)));
        var found = kept.Check.Run([new ProposedFile(writing.Path, writing.Text)], visit.Reader);
        var lines = ImmutableArray.CreateBuilder<WritingCheck>();
        foreach (var problem in found.Added.Where(problem => problem.File == writing.Path.Value || problem.Severity == Severity.Error).OrderByDescending(problem => problem.Severity == Severity.Error).Take(2 * MostOfOne))
        {
            lines.Add(new(problem.Severity == Severity.Error ? "error" : "warning", Said($"{problem.Sentence} {problem.WhatToDo}".Trim())));
        }

        if (found.BreaksUnseen)
        {
            lines.Add(new("error", visit["edit.check.unseen"]));
        }

        if (DocumentReader.Read(writing.Path, writing.Text, edition.Settings).Document is { } document)
        {
            var body = kept.Renderer.Render(document);
            lines.AddRange(kept.Plain.Find(document, body, visit.Reader).DistinctBy(hint => (hint.Written.ToLowerInvariant(), hint.Plain)).Take(MostOfOne)
                .Select(hint => new WritingCheck("plain", visit.Format("edit.check.plain", hint.Written, hint.Plain))));
            if (ReadingLevel.Of(document, body, edition.Settings.Language) is { } level)
            {
                lines.Add(new(level.Grade > HardGrade ? "warning" : "ok", visit.Format("edit.check.grade", level.Grade.ToString("0", CultureInfo.CurrentCulture))));
                lines.AddRange(level.Longest.Take(2).Select(sentence => new WritingCheck("info", visit.Format("edit.check.long", sentence.Words, Short(sentence.Text)))));
            }
        }

        if (LinksHere.To(edition, writing.Path, visit.Reader) is { Length: > 0 } links)
        {
            lines.Add(new("info", visit.Format("edit.check.links", string.Join(", ", links.Take(MostOfOne).Select(link => link.Source.Title)) + (links.Length > MostOfOne ? ", …" : ""))));
        }

        return lines.Any(line => line.Tone is "error" or "warning") ? lines.ToImmutable() : [new WritingCheck("ok", visit["edit.check.well"]), .. lines];
    }

    /// <summary>What is said of a file, to somebody who knows pages: without what the names of files end in.</summary>
    public static string Said(string sentence) => sentence.Replace(".md", "", StringComparison.Ordinal);

    private static string Short(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, text.LastIndexOf(' ', 60) is var space and > 20 ? space : 60), " …");

    private sealed record Kept(ProposedCheck Check, PlainWords Plain, DocumentRenderer Renderer);
}

/// <param name="Tone">error: it cannot be sent like this; warning, plain, info: it can; ok: all is well.</param>
public sealed record WritingCheck(string Tone, string Text);
