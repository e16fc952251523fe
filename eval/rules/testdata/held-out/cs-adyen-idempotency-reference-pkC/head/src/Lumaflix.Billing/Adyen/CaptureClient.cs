using System.Net.Http.Json;

namespace Lumaflix.Billing.Adyen;

/// <summary>Registered with AddStandardResilienceHandler; the key keeps its repetitions harmless.</summary>
public sealed class CaptureClient
{
    private readonly HttpClient _http;
    private readonly AdyenSettings _settings;
    private readonly ILogger<CaptureClient> _logger;

    public CaptureClient(HttpClient http, AdyenSettings settings, ILogger<CaptureClient> logger)
    {
        _http = http;
        _settings = settings;
        _logger = logger;
    }

    public async Task<string> CaptureAsync(Capture capture, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"v71/payments/{Uri.EscapeDataString(capture.PspReference)}/captures");
        request.Headers.Add("Idempotency-Key", $"capture-{capture.Id:N}");
        request.Headers.Add("X-API-Key", _settings.ApiKey);
        request.Content = JsonContent.Create(new
        {
            merchantAccount = _settings.MerchantAccount,
            amount = new { currency = capture.Currency, value = capture.MinorUnits },
            reference = capture.Id.ToString("N"),
        });

        using var response = await _http.SendAsync(request, ct);
        if (!response.IsSuccessStatusCode)
        {
            _logger.LogError("capture {Capture} answered {Status}", capture.Id, (int)response.StatusCode);
            throw new AdyenException($"capture refused with {(int)response.StatusCode}");
        }
        var answer = await response.Content.ReadFromJsonAsync<CaptureAnswer>(ct);
        return answer?.PspReference ?? throw new AdyenException("capture answer without pspReference");
    }
}
