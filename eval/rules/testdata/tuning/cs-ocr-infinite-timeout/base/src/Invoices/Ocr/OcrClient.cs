using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Invoices.Ocr;

public sealed class OcrClient : IOcrClient
{
    private readonly HttpClient _http;

    public OcrClient(HttpClient http, OcrSettings settings)
    {
        _http = http;
        _http.BaseAddress = settings.Endpoint;
        _http.Timeout = TimeSpan.FromMinutes(3);

        _http.DefaultRequestHeaders.Add("Ocp-Apim-Subscription-Key", settings.Key);
    }

    public async Task<OcrResult> RecogniseAsync(Guid invoiceId, Stream pdf)
    {
        using var content = new StreamContent(pdf);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");

        using var response = await _http.PutAsync($"documents/{invoiceId:N}?wait=true", content);
        if (!response.IsSuccessStatusCode)
        {
            throw new OcrException($"OCR of {invoiceId} failed with status {(int)response.StatusCode}");
        }

        var result = await response.Content.ReadFromJsonAsync<OcrResult>();
        if (result is null || result.Pages.Count == 0)
        {
            throw new OcrException($"OCR of {invoiceId} returned no pages");
        }
        return result;
    }
}
