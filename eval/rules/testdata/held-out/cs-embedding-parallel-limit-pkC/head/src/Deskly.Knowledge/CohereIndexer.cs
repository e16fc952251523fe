using System.Net;
using System.Net.Http.Json;

namespace Deskly.Knowledge;

/// <summary>The typed client has the base address, the key and a limit of 30 seconds.</summary>
public sealed class CohereIndexer
{
    private const int BatchSize = 64;
    private readonly HttpClient _cohere;
    private readonly IArticleStore _articles;
    private readonly IVectorStore _vectors;

    public CohereIndexer(HttpClient cohere, IArticleStore articles, IVectorStore vectors)
    {
        _cohere = cohere;
        _articles = articles;
        _vectors = vectors;
    }

    public async Task RunAsync(string tenant, CancellationToken ct)
    {
        var batches = (await _articles.ListPublishedAsync(tenant, ct)).Chunk(BatchSize);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = ct };
        await Parallel.ForEachAsync(batches, options, async (batch, token) =>
        {
            var vectors = await EmbedAsync(batch.Select(a => a.PlainText).ToArray(), token);
            await _vectors.UpsertManyAsync(tenant, batch.Zip(vectors, (a, v) => (a.Id, v)), token);
        });
    }

    private async Task<float[][]> EmbedAsync(string[] texts, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var response = await _cohere.PostAsJsonAsync("v2/embed", new
            {
                model = "embed-multilingual-v3.0",
                input_type = "search_document",
                embedding_types = new[] { "float" },
                texts,
            }, ct);
            if (response.StatusCode == HttpStatusCode.TooManyRequests && attempt < 6)
            {
                var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(Math.Pow(2, attempt));
                await Task.Delay(wait + TimeSpan.FromMilliseconds(Random.Shared.Next(0, 500)), ct);
                continue;
            }
            response.EnsureSuccessStatusCode();
            var answer = await response.Content.ReadFromJsonAsync<EmbedAnswer>(ct);
            if (answer is null || answer.Embeddings.Float.Length != texts.Length)
            {
                throw new KnowledgeException("number of embeddings differs from number of texts");
            }
            return answer.Embeddings.Float;
        }
    }
}
