using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace Deskly.Knowledge;

public sealed class Reindexer
{
    private readonly HttpClient _openAi;
    private readonly IArticleStore _articles;
    private readonly IVectorStore _vectors;
    private readonly ILogger<Reindexer> _logger;

    public Reindexer(HttpClient openAi, IArticleStore articles, IVectorStore vectors, ILogger<Reindexer> logger)
    {
        _openAi = openAi;
        _articles = articles;
        _vectors = vectors;
        _logger = logger;
    }

    public async Task RunAsync(string tenant, CancellationToken ct)
    {
        var articles = await _articles.ListPublishedAsync(tenant, ct);
        var tasks = articles.Select(async article =>
        {
            var vector = await EmbedAsync(article.PlainText, ct);
            await _vectors.UpsertAsync(tenant, article.Id, vector, ct);
        });
        await Task.WhenAll(tasks);
        _logger.LogInformation("{Count} articles of {Tenant} indexed", articles.Count, tenant);
    }

    private async Task<float[]> EmbedAsync(string text, CancellationToken ct)
    {
        using var response = await _openAi.PostAsJsonAsync(
            "v1/embeddings", new { model = "text-embedding-3-small", input = text }, ct);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<EmbeddingAnswer>(ct);
        return answer?.Data.FirstOrDefault()?.Embedding ?? throw new KnowledgeException("no embedding in the answer");
    }

    private sealed record EmbeddingAnswer([property: JsonPropertyName("data")] List<EmbeddingItem> Data);

    private sealed record EmbeddingItem([property: JsonPropertyName("embedding")] float[] Embedding);
}
