using System.Net;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Accounting;

internal sealed class ThrowOnFailureHandler(ILogger<ThrowOnFailureHandler> logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var response = await base.SendAsync(request, ct);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        var status = response.StatusCode;
        logger.LogError("QuickBooks answered {Status} to {Path}", (int)status, request.RequestUri?.AbsolutePath);
        var wait = response.Headers.RetryAfter?.Delta;
        response.Dispose();
        throw status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? new AccountingUnavailableException(wait)
            : new AccountingRefusedException((int)status);
    }
}
