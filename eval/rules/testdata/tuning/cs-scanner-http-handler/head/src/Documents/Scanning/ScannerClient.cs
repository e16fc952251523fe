using System.Net.Http.Json;

namespace Documents.Scanning;

internal sealed class ScannerClient(HttpClient http) : IScannerClient
{
    public async Task<ScanVerdict> ScanAsync(string documentId, Stream content, CancellationToken ct)
    {
        using var body = new StreamContent(content);
        using var response = await http.PutAsync($"scans/{Uri.EscapeDataString(documentId)}", body, ct);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<ScanVerdict>(ct)
            ?? throw new ScannerException("empty verdict");
    }
}
