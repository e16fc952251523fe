from django.urls import path

from billing.views import paddle_webhook

urlpatterns = [path("webhooks/paddle/", paddle_webhook)]
