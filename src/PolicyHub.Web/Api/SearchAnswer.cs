using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PolicyHub.Web.Api;

/// <summary>Writes what a search found with code made at build, straight into the answer: asked with every key, it is the answer most often written.</summary>
internal sealed class SearchAnswer(FoundSections found) : IResult
{
    /// <summary>As the framework writes JSON: what only a page of HTML would need escaped is left as it is.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        var body = httpContext.Response.BodyWriter;
        await using (var writer = new Utf8JsonWriter(body, Options))
        {
            JsonSerializer.Serialize(writer, found, SearchJson.Default.FoundSections);
        }

        await body.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>The shape of an answer, known at build.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(FoundSections))]
internal sealed partial class SearchJson : JsonSerializerContext;
