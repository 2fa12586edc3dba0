using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Records.Proposals;
using PolicyHub.Web.Propose;
using PolicyHub.Web.SignIn;

namespace PolicyHub.Web.Pages.Propose;

/// <summary>
/// What the scripts of <see cref="EditModel"/> ask. Each names the text (<c>path</c>, <c>step</c>) and, to save, the <c>stamp</c> that it goes on from; 409: it was saved elsewhere
/// since; 422: it cannot be written so; 404: there is no such text that whoever asks may write.
/// </summary>
[Authorize(Policies.Person)]
[RequestSizeLimit(LargestRequest)]
[RequestFormLimits(ValueLengthLimit = LargestRequest, MultipartBodyLengthLimit = LargestRequest)]
public sealed class EditApiModel(Visit visit, RecordsKept kept, WritingDesk desk) : HubPage(visit)
{
    /// <summary>In bytes: what is pasted from a word processor holds far more than its words.</summary>
    private const int LargestRequest = 24 * 1024 * 1024;

    private const int MostEdits = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { MaxDepth = 4 };

    private int? stamp;

    /// <summary>What was typed on the page: <c>edits</c>, a list of <see cref="BlockEdit"/>.</summary>
    public async Task<IActionResult> OnPostBlockAsync([FromRoute] Guid id, [FromForm] string? edits)
    {
        if (await FindAsync(id) is not { } writing)
        {
            return NotFound();
        }

        if (stamp is null || ReadEdits(edits) is not { } typed)
        {
            return BadRequest();
        }

        if (writing.File.Stamp != stamp)
        {
            return Stale(writing.File.Stamp);
        }

        return Editors.Of(writing, Visit).Apply(writing.Text, typed) is { } changed && Fits(changed.Text)
            ? await SaveAsync(writing, changed.Text, saved => new { stamp = saved, runs = changed.Runs.Select(run => new { first = run.First, count = run.Count }) })
            : StatusCode(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The source as it was typed: <c>text</c>, and <c>matter</c> where the fields were shown as they are written.</summary>
    public async Task<IActionResult> OnPostTextAsync([FromRoute] Guid id, [FromForm] string? text, [FromForm] string? matter)
    {
        if (await FindAsync(id) is not { } writing)
        {
            return NotFound();
        }

        if (stamp is null)
        {
            return BadRequest();
        }

        var changed = SourceText.Write(writing.Text, matter, text ?? "");
        return Fits(changed) ? await SaveAsync(writing, changed, saved => new { stamp = saved }) : StatusCode(StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>How the source would come out; nothing is saved.</summary>
    public async Task<IActionResult> OnPostPreviewAsync([FromRoute] Guid id, [FromForm] string? text, [FromForm] string? matter) =>
        await FindAsync(id) is not { } writing ? NotFound()
        : Editors.Of(writing, Visit).Preview(SourceText.Write(writing.Text, matter, text ?? "")) is { } shown ? Answer(new { html = shown.Value })
        : StatusCode(StatusCodes.Status422UnprocessableEntity);

    /// <summary>What is to be said of the text as it is saved.</summary>
    public async Task<IActionResult> OnPostChecksAsync([FromRoute] Guid id) =>
        await FindAsync(id) is not { } writing ? NotFound() : Partial("_EditChecks", WritingChecks.Of(writing, Visit));

    /// <summary>What was pasted, as this page would have it; nothing is saved.</summary>
    public async Task<IActionResult> OnPostPasteAsync([FromRoute] Guid id, [FromForm] string? html) =>
        await FindAsync(id) is not { } writing ? NotFound() : Answer(new { html = Editors.Of(writing, Visit).Paste(html ?? "").Value });

    /// <summary>What is said about the document.</summary>
    public async Task<IActionResult> OnPostDetailsAsync([FromRoute] Guid id)
    {
        if (await FindAsync(id) is not { } writing)
        {
            return NotFound();
        }

        if (stamp is null || Editors.Document(writing, Visit) is not { } before)
        {
            return BadRequest();
        }

        if (writing.File.Stamp != stamp)
        {
            return Stale(writing.File.Stamp);
        }

        var wrong = new Dictionary<string, string>(StringComparer.Ordinal);
        if (DetailsForm.Apply(writing.Text, before, await Request.ReadFormAsync(HttpContext.RequestAborted), Visit.Today.Settings, wrong) is not { } changed)
        {
            return new JsonResult(new { stamp, wrong = wrong.ToDictionary(pair => pair.Key, pair => Visit.Words[pair.Value]) }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        }

        return await SaveAsync(writing, changed, saved => new { stamp = saved, title = DocumentReader.Read(writing.Path, changed, Visit.Today.Settings).Document?.Title });
    }

    /// <summary>A picture or file for the text: <c>file</c>, and <c>words</c> that say what it is.</summary>
    public async Task<IActionResult> OnPostFileAsync([FromRoute] Guid id, IFormFile? file, [FromForm] string? words)
    {
        if (await FindAsync(id) is not { IsOpen: true } writing)
        {
            return NotFound();
        }

        if (file is null || string.IsNullOrWhiteSpace(words))
        {
            return BadRequest();
        }

        if (AttachedFile.PathFor(writing.Path, file.FileName) is not { } path)
        {
            return Wrong("edit.file.type");
        }

        if (file.Length > ProposalBook.LargestFile)
        {
            return Wrong("edit.file.too-large");
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, HttpContext.RequestAborted);
        if (!AttachedFile.IsWhatItSays(path, bytes.ToArray()))
        {
            return Wrong("edit.file.type");
        }

        foreach (var free in AttachedFile.Numbered(path).Where(one => Visit.Today.FindFile(one) is null))
        {
            var added = await desk.AddAsync(writing, free, bytes.ToArray(), HttpContext.RequestAborted);
            if (added.Refusal == ProposalRefusal.Stale)
            {
                continue;
            }

            return added.Refusal is not null ? Wrong("edit.file.too-many")
                : await FindAsync(id) is { } now ? Answer(new { html = Editors.Of(now, Visit).Attachment(free, words).Value })
                : NotFound();
        }

        return Wrong("edit.file.too-many");
    }

    private async Task<Writing?> FindAsync(Guid id)
    {
        var form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        stamp = int.TryParse(form["stamp"], System.Globalization.CultureInfo.InvariantCulture, out var seen) ? seen : null;
        return kept.Are && form["step"].ToString() is "" or "0" or "1"
            ? await desk.FindAsync(HttpContext, Visit, id, form["step"] == "1" ? 1 : 0, form["path"].ToString())
            : null;
    }

    private async Task<IActionResult> SaveAsync(Writing writing, byte[] text, Func<int, object> answer)
    {
        var outcome = await desk.SaveAsync(writing, stamp!.Value, text, HttpContext.RequestAborted);
        return outcome.Refusal switch
        {
            null => Answer(answer(outcome.Stamp)),
            ProposalRefusal.Stale => Stale(outcome.Stamp),
            ProposalRefusal.NotAllowed => StatusCode(StatusCodes.Status403Forbidden),
            ProposalRefusal.Gone => NotFound(),
            _ => StatusCode(StatusCodes.Status422UnprocessableEntity),
        };
    }

    private JsonResult Answer(object answer)
    {
        Response.Headers.CacheControl = "no-store";
        return new JsonResult(answer);
    }

    private static JsonResult Stale(int now) => new(new { stamp = now }) { StatusCode = StatusCodes.Status409Conflict };

    private JsonResult Wrong(string word) => new(new { wrong = Visit.Words[word] }) { StatusCode = StatusCodes.Status422UnprocessableEntity };

    private static bool Fits(byte[] text) => text.Length <= EditionBuilder.LargestDocument;

    private static List<BlockEdit>? ReadEdits(string? edits)
    {
        try
        {
            return JsonSerializer.Deserialize<List<BlockEdit?>>(edits ?? "", Json) is { Count: > 0 and <= MostEdits } read && read.All(edit => edit is { Html: not null }) ? [.. read.Select(edit => edit!)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
