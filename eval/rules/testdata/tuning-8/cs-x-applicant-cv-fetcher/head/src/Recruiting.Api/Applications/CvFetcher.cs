using System.Net.Mime;

namespace Recruiting.Api.Applications;

/// <summary>Copies the CV that an applicant linked in the public form to our document store.</summary>
public sealed class CvFetcher : ICvFetcher
{
    private static readonly string[] Allowed = { MediaTypeNames.Application.Pdf, "application/msword" };

    private readonly HttpClient _http;
    private readonly IDocumentStore _documents;

    public CvFetcher(HttpClient http, IDocumentStore documents)
    {
        _http = http;
        _http.Timeout = TimeSpan.FromSeconds(20);
        _http.MaxResponseContentBufferSize = int.MaxValue;
        _documents = documents;
    }

    public async Task<string> FetchAsync(JobApplication application, CancellationToken ct)
    {
        if (!Uri.TryCreate(application.CvUrl, UriKind.Absolute, out var address))
        {
            throw new InvalidApplicationException("the CV link is not an address");
        }

        using var response = await _http.GetAsync(address, ct);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidApplicationException("the CV link cannot be read");
        }
        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is null || !Allowed.Contains(type))
        {
            throw new InvalidApplicationException("the CV must be a PDF or Word file");
        }

        var content = await response.Content.ReadAsByteArrayAsync(ct);
        return await _documents.SaveAsync(application.Id, type, content, ct);
    }
}
