using System.Net;
using System.Net.Http.Json;
using Polly;
using Polly.CircuitBreaker;

namespace Telora.Notify.Sms;

public sealed class VonageSmsSender : ISmsSender
{
    private readonly HttpClient _http;
    private readonly ILogger<VonageSmsSender> _logger;

    public VonageSmsSender(HttpClient http, ILogger<VonageSmsSender> logger)
    {
        _http = http;
        _http.Timeout = TimeSpan.FromSeconds(8);
        _logger = logger;
    }

    public async Task<SmsResult> SendAsync(Sms sms, CancellationToken ct)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(20),
                ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                    .Handle<HttpRequestException>()
                    .HandleResult(r => r.StatusCode >= HttpStatusCode.InternalServerError),
            })
            .Build();
        try
        {
            using var response = await pipeline.ExecuteAsync(
                async token => await _http.PostAsJsonAsync(
                    "v1/messages",
                    new { message_type = "text", channel = "sms", to = sms.To, from = sms.From, text = sms.Text, client_ref = sms.Id },
                    token),
                ct);
            return response.IsSuccessStatusCode ? SmsResult.Accepted : SmsResult.Rejected((int)response.StatusCode);
        }
        catch (BrokenCircuitException)
        {
            _logger.LogWarning("vonage circuit is open, sms {Sms} postponed", sms.Id);
            return SmsResult.Postponed;
        }
    }
}
