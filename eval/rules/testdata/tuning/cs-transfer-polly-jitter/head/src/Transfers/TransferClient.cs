using System.Net;
using System.Net.Http.Json;
using Polly;
using Polly.Contrib.WaitAndRetry;
using Polly.Extensions.Http;

namespace Transfers;

public static class TransferClientRegistration
{
    public static void AddTransferClient(this IServiceCollection services, Uri baseAddress)
    {
        services.AddTransient<BankTokenHandler>();
        services.AddHttpClient<TransferClient>(client =>
            {
                client.BaseAddress = baseAddress;
                client.Timeout = TimeSpan.FromSeconds(60);
            })
            .AddHttpMessageHandler<BankTokenHandler>()
            .AddPolicyHandler(HttpPolicyExtensions
                .HandleTransientHttpError()
                .WaitAndRetryAsync(Backoff.DecorrelatedJitterBackoffV2(TimeSpan.FromMilliseconds(400), 3)))
            .AddPolicyHandler(Policy.TimeoutAsync<HttpResponseMessage>(TimeSpan.FromSeconds(10)));
    }
}

public sealed class TransferClient
{
    private readonly HttpClient _http;

    public TransferClient(HttpClient http) => _http = http;

    public async Task<string> CreateAsync(Transfer transfer, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/transfers")
        {
            Content = JsonContent.Create(new
            {
                account = transfer.AccountId,
                amount = new { currency = transfer.Currency, minor = transfer.AmountMinor },
                reference = transfer.Reference,
            }),
        };
        // assigned when the transfer row is inserted, so it survives restarts as well
        request.Headers.Add("Idempotency-Key", transfer.RequestId.ToString("N"));

        using var response = await _http.SendAsync(request, ct);
        if (response.StatusCode == HttpStatusCode.UnprocessableEntity)
        {
            throw new TransferRejectedException(transfer.Id);
        }
        response.EnsureSuccessStatusCode();
        var created = await response.Content.ReadFromJsonAsync<Created>(ct);
        return created?.Id ?? throw new InvalidOperationException("transfer answered without id");
    }

    private sealed record Created(string Id);
}
